import { searchFailure } from '@eip/contracts'
import type { NumberColumn } from '@eip/product-index'

export type SortOrder =
  | Readonly<{ by: 'relevance' }>
  | Readonly<{ by: 'column'; column: NumberColumn; direction: 'ascending' | 'descending' }>

type Direction = 'ascending' | 'descending'

const columnSorts: Readonly<Record<string, readonly [NumberColumn, Direction]>> = Object.freeze({
  price: ['price', 'ascending'],
  rating: ['rating', 'descending'],
  popularity: ['popularity', 'descending'],
  newest: ['createdAt', 'descending'],
})

const opposite: Readonly<Record<Direction, Direction>> = { ascending: 'descending', descending: 'ascending' }

const validSorts: readonly string[] = Object.freeze([
  'relevance',
  ...Object.keys(columnSorts).flatMap((name) => [name, `-${name}`]),
])

/** Cheapest, best rated, most popular, newest first; a minus in front turns it round. Throws `search.bad-sort`, which lists them. */
export function parseSort(text: string): SortOrder {
  if (text === 'relevance') return { by: 'relevance' }
  const isTurned = text.startsWith('-')
  const name = isTurned ? text.slice(1) : text
  const known = Object.hasOwn(columnSorts, name) ? columnSorts[name] : undefined
  if (known) return { by: 'column', column: known[0], direction: isTurned ? opposite[known[1]] : known[1] }
  const sentence = `sort order "${text.toWellFormed()}" is unknown; there are ${validSorts.join(', ')}`
  throw searchFailure('search.bad-sort', sentence, { valid: validSorts })
}
