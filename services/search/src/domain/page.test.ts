import { describe, expect, it } from 'vitest'
import { checkDepth, pageBounds } from './page.ts'

describe('pages', () => {
  it('reach down to the thousandth hit', () => {
    expect(() => checkDepth(10, 100)).not.toThrow()
    expect(() => checkDepth(11, 100)).toThrow(expect.objectContaining({ code: 'search.page-too-deep' }))
  })

  it('are empty beyond the end, and the last one may be short', () => {
    expect(pageBounds(1, 20, 45)).toEqual([0, 20])
    expect(pageBounds(3, 20, 45)).toEqual([40, 45])
    expect(pageBounds(4, 20, 45)).toEqual([45, 45])
    expect(pageBounds(1, 20, 0)).toEqual([0, 0])
  })
})
