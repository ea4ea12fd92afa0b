import { attributeTag } from '../product-document.ts'
import { type FacetCounts, tellsTooMuch } from '../product-index.port.ts'
import type { Json } from './opensearch.names.ts'

export type Bucket = Readonly<{ key: string; doc_count: number }>
/** What the cluster answers to a list of values: the most frequent of them, and how often the others come together. */
export type Buckets = Readonly<{ buckets: readonly Bucket[]; sum_other_doc_count: number }>

/** Asks for more aggregations over the very matches that are being counted. */
export type Ask = (aggregations: Json) => Promise<Readonly<Record<string, Json>>>

/** A shard's own most frequent may not be those of all: each sends many more than are asked for. */
const leastOfShard = 5_000

/** By count, then by value. The cluster refuses to list none: whoever wants none leaves the one out. */
export const mostFrequent = (field: string, limit: number, include?: string): Json => ({
  terms: {
    field,
    size: Math.max(1, limit),
    shard_size: Math.max(leastOfShard, limit),
    order: [{ _count: 'desc' }, { _key: 'asc' }],
    ...(include !== undefined && { include }),
  },
})

/** Everything that means something in Lucene's regular expressions. */
const escaped = (text: string): string => text.replaceAll(/[.?+*|{}[\]()"\\#@&<>~^$-]/g, '\\$&')

export const valuesOfAttribute = (name: string, limit: number): Json =>
  mostFrequent('tags.attribute', limit, `${escaped(attributeTag(name, ''))}.*`)

export const attributeFacetOf = (name: string, { buckets }: Buckets, limit: number): FacetCounts => {
  const prefix = attributeTag(name, '').length
  const values = buckets.slice(0, limit).map(({ key, doc_count }) => ({ value: key.slice(prefix), count: doc_count }))
  return { kind: 'values', name: `attributes.${name}`, values }
}

/**
 * Whether hardly a value comes twice, told from the most frequent values: the others are between so many and so many.
 * null: that does not tell it.
 *
 *   count │▇ ▇ ▅ ▃ ▂ ▂│· · · · · ·     listed: known      others: together known, each at most as frequent as the last listed
 */
export function tellsTooMuchBy({ buckets, sum_other_doc_count: others }: Buckets): boolean | null {
  const mentions = buckets.reduce((sum, { doc_count }) => sum + doc_count, others)
  const fewest = buckets.length + Math.ceil(others / (buckets.at(-1)?.doc_count ?? 1))
  const [least, most] = [tellsTooMuch(fewest, mentions), tellsTooMuch(buckets.length + others, mentions)]
  return least === most ? least : null
}

/** How many names and values are looked at first; where these do not tell, more. The cluster gives 65,535 at most. */
const firstNames = 64
const namesAtOnce = 16
const firstValues = 500
const mostListed = 65_535

export const attributeNames = (size = firstNames): Json => mostFrequent('tags.attributeName', size)

export type Wanted = Readonly<{ limit: number; commonest: number }>

/** The attributes that most matches have, without those that tell nearly every match apart: each with its values. */
export async function commonAttributeFacets(names: Buckets, ask: Ask, wanted: Wanted): Promise<readonly FacetCounts[]> {
  const found: FacetCounts[] = []
  let known = names
  for (let at = 0; found.length < wanted.commonest; at += namesAtOnce) {
    if (at >= known.buckets.length && known.sum_other_doc_count > 0)
      known = (await ask({ names: attributeNames(Math.min(known.buckets.length * 8, mostListed)) })).names as Buckets
    const part = known.buckets.slice(at, at + namesAtOnce).map(({ key }) => key)
    if (part.length === 0) break
    found.push(...(await withoutTelling(part, ask, wanted.limit)))
  }
  return found.slice(0, wanted.commonest)
}

async function withoutTelling(names: readonly string[], ask: Ask, limit: number): Promise<FacetCounts[]> {
  const asked = (size: number) => Object.fromEntries(names.map((name, at) => [`${at}`, valuesOfAttribute(name, size)]))
  const size = Math.max(limit, firstValues)
  const answers = await ask(asked(size))
  const found: FacetCounts[] = []
  for (const [at, name] of names.entries()) {
    const values = answers[`${at}`] as Buckets
    if (!(await decided(name, values, size, ask))) found.push(attributeFacetOf(name, values, limit))
  }
  return found
}

async function decided(name: string, values: Buckets, size: number, ask: Ask): Promise<boolean> {
  const decision = tellsTooMuchBy(values)
  if (decision !== null) return decision
  if (size >= mostListed) return true
  const more = Math.min(size * 8, mostListed)
  return decided(name, (await ask({ values: valuesOfAttribute(name, more) })).values as Buckets, more, ask)
}
