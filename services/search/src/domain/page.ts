import { searchFailure, searchLimits } from '@eip/contracts'

/** Throws `search.page-too-deep` for a page that ends beyond what is ranked. */
export function checkDepth(page: number, size: number): void {
  const { reachableHits } = searchLimits
  if (page * size <= reachableHits) return
  const sentence = `page ${page} of ${size} hits each ends beyond the first ${reachableHits}`
  throw searchFailure('search.page-too-deep', sentence, { reachableHits })
}

/** Where the page begins and ends in a list of `length`; an empty stretch beyond its end. Pages count from 1. */
export function pageBounds(page: number, size: number, length: number): readonly [start: number, end: number] {
  const start = Math.min((page - 1) * size, length)
  return [start, Math.min(start + size, length)]
}
