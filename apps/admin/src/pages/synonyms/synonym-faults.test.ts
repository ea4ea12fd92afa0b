import { describe, expect, it } from 'vitest'
import { synonymFaults } from './synonym-faults.ts'

describe('a refusal', () => {
  it('names its reasons and the rules of each', () => {
    const loop = { code: 'synonyms.loop', rules: ['a', 'b'], message: 'a loop', cure: 'remove one' }
    expect(synonymFaults({ faults: [loop] })).toEqual([{ message: 'a loop', cure: 'remove one', rules: ['a', 'b'] }])
  })

  it('is read as far as it is what it should be', () => {
    expect(synonymFaults({})).toEqual([])
    expect(synonymFaults({ faults: [null, 3, { message: 'only this', rules: ['a', 7] }] })).toEqual([
      { message: 'only this', cure: '', rules: ['a'] },
    ])
  })
})
