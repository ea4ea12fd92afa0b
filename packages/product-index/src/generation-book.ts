import type { Generation, GenerationState } from './generations.port.ts'
import { firstGeneration } from './generations.port.ts'
import type { IndexStatistics } from './product-index.port.ts'

/** What a store notes of one generation. Times in milliseconds since the epoch. */
export type BookEntry = Readonly<{ name: string; begunAt: number; since: number; hasServed: boolean }>

/** Which generations there are, and which of them serves. `last`: the greatest number that a name was made of. */
export type Book<Entry extends BookEntry = BookEntry> = Readonly<{
  serving: string
  last: number
  generations: readonly Entry[]
}>

export const firstEntry = (now: number): BookEntry => ({
  name: firstGeneration,
  begunAt: now,
  since: now,
  hasServed: true,
})

export const bookOfFirst = <Entry extends BookEntry>(entry: Entry): Book<Entry> => ({
  serving: entry.name,
  last: 1,
  generations: [entry],
})

/** The one that begins next: no name is given twice. */
export const nextEntry = ({ last }: Book, now: number): BookEntry => ({
  name: `g${last + 1}`,
  begunAt: now,
  since: now,
  hasServed: false,
})

export const withBegun = <Entry extends BookEntry>(book: Book<Entry>, entry: Entry): Book<Entry> => ({
  ...book,
  last: book.last + 1,
  generations: [...book.generations, entry],
})

export const withServing = <Entry extends BookEntry>(book: Book<Entry>, name: string, now: number): Book<Entry> => ({
  ...book,
  serving: name,
  generations: book.generations.map((entry) =>
    entry.name === name || entry.name === book.serving ? { ...entry, since: now, hasServed: true } : entry,
  ),
})

export const without = <Entry extends BookEntry>(book: Book<Entry>, name: string): Book<Entry> => ({
  ...book,
  generations: book.generations.filter((entry) => entry.name !== name),
})

export const stateOf = ({ serving }: Book, { name, hasServed }: BookEntry): GenerationState => {
  if (name === serving) return 'serving'
  return hasServed ? 'previous' : 'filling'
}

export const describeGeneration = (book: Book, entry: BookEntry, statistics: IndexStatistics): Generation => ({
  name: entry.name,
  state: stateOf(book, entry),
  begunAt: entry.begunAt,
  since: entry.since,
  statistics,
})
