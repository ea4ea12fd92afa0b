import type { Publication } from '@eip/engine-text-index'

type Segment = Publication['segments'][number]
type Chunk = Publication['keywords'][number][number]

/** Something immutable by its number; null: it was sent before, and is known. */
type Part<T> = Readonly<{ number: number; value: T | null }>

/**
 * A publication of which only what is new travels. Shared memory goes by reference, but a view has hundreds of buffers, each of
 * which costs both threads ten microseconds: a batch changes a few of them.
 *
 *   segments  7 8 9        ─▶  7 8 9          first: all of them
 *   segments  7 8 9 10     ─▶  · · · 10       then what is new
 *   segments  11 10        ─▶  11 ·           7, 8 and 9 were merged, and are forgotten
 */
export type SentPublication = Readonly<
  Omit<Publication, 'segments' | 'keywords' | 'tags'> & {
    segments: readonly (Readonly<Omit<Segment, 'buffers'>> & Readonly<{ part: Part<Segment['buffers']> }>)[]
    keywords: readonly (readonly Part<Chunk>[])[]
    tags: readonly (readonly Part<Chunk>[])[]
  }
>

/** The sender's side: every message must reach the one receiver, in order. */
export function publicationSender(): (publication: Publication) => SentPublication {
  const numbers = new WeakMap<object, number>()
  let last = 0
  let sent: ReadonlySet<number> = new Set()
  return ({ segments, keywords, tags, ...rest }) => {
    const named = new Set<number>()
    const partOf = <T extends object>(value: T): Part<T> => {
      const number = numbers.get(value) ?? ++last
      numbers.set(value, number)
      named.add(number)
      return { number, value: sent.has(number) ? null : value }
    }
    const chunks = (columns: Publication['keywords']) => columns.map((column) => column.map(partOf))
    const message = {
      ...rest,
      segments: segments.map(({ buffers, ...state }) => ({ ...state, part: partOf(buffers) })),
      keywords: chunks(keywords),
      tags: chunks(tags),
    }
    sent = named
    return message
  }
}

/** The receiver's side: the publication as it was, whole. */
export function publicationReceiver(): (message: SentPublication) => Publication {
  let known: ReadonlyMap<number, object> = new Map()
  return ({ segments, keywords, tags, ...rest }) => {
    const named = new Map<number, object>()
    const wholeOf = <T extends object>({ number, value }: Part<T>): T => {
      const whole = value ?? (known.get(number) as T)
      named.set(number, whole)
      return whole
    }
    const chunks = (columns: SentPublication['keywords']) => columns.map((column) => column.map(wholeOf))
    const publication = {
      ...rest,
      segments: segments.map(({ part, ...state }) => ({ ...state, buffers: wholeOf(part) })),
      keywords: chunks(keywords),
      tags: chunks(tags),
    }
    known = named
    return publication
  }
}
