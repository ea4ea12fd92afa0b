import { expect, it } from 'vitest'
import { repeats } from './repeats.ts'

it('writes the first of equal lines, then one in a while with the count of those between', () => {
  let now = 0
  const { leftOut } = repeats(10, () => now)
  const written: unknown[] = []
  for (; now < 25; now += 4) written.push(leftOut('away'))
  expect(written).toEqual([0, null, null, 2, null, null, 2])
})

it('keeps different lines apart', () => {
  const { leftOut } = repeats(10, () => 0)
  expect([leftOut('a'), leftOut('b'), leftOut('a')]).toEqual([0, 0, null])
})

it('remembers no more than it has room for: the oldest is written again', () => {
  const { leftOut } = repeats(10, () => 0)
  for (let n = 0; n < 1_001; n++) leftOut(`line ${n}`)
  expect([leftOut('line 0'), leftOut('line 1000')]).toEqual([0, null])
})
