import { describe, expect, it } from 'vitest'
import { keepIds, keptIds } from './kept-results.port.ts'

describe('kept ids', () => {
  it.each([[[]], [['a']], [['b', 'a', '가']]])('%j come back as they were', (ids) => {
    expect(keptIds(keepIds(ids))).toEqual(ids)
  })
})
