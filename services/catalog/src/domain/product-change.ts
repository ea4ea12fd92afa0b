import { type Envelope, type Market, type Product, productChanged } from '@eip/contracts'
import type { ProductContent } from './product-content.ts'

/** What is known of an id before a change; `content` is null once it was deleted. The version only ever grows. */
export type Standing = Readonly<{
  version: number
  content: Readonly<{ hash: string; createdAt: string; updatedAt: string; isActive: boolean }> | null
}>

/** What is written and published together; `content` is null for a deletion. */
export type ProductChange = Readonly<{
  id: string
  version: number
  content: (ProductContent & Readonly<{ product: Product }>) | null
  event: Envelope<Product>
}>

/** What came of a request, and the change to make, if any. */
export type Decision<Outcome extends string = string> = Readonly<{ outcome: Outcome; change: ProductChange | null }>

/** When and on whose behalf; `now` in milliseconds since the epoch. */
export type Occasion = Readonly<{ now: number; trace: string; newEventId: () => string }>

/** A validated product in canonical form. */
export type UpsertRequest = Readonly<{ id: string; product: Product; content: ProductContent }>

const marketOf = ({ price, language }: Product): Market => ({
  ...(price === null ? {} : { currency: price.currency }),
  ...(language === null ? {} : { language }),
})

// A date that was not given asks for nothing, so it cannot differ.
const isSameDate = (given: string | null, standing: string) => given === null || given === standing

/** Something cannot have happened after we heard of it, nor before the epoch. */
const occurredAt = (product: Product, now: number) => Math.min(Math.max(Date.parse(product.updatedAt!) || 0, 0), now)

const changeEvent = (id: string, version: number, { now, trace, newEventId }: Occasion) => ({
  id: newEventId(),
  schema: productChanged.schema,
  key: id,
  version,
  recordedAt: now,
  trace,
})

function publication(
  id: string,
  version: number,
  product: Product,
  content: ProductContent,
  occasion: Occasion,
): ProductChange {
  const event: Envelope<Product> = {
    ...changeEvent(id, version, occasion),
    occurredAt: occurredAt(product, occasion.now),
    deleted: false,
    market: marketOf(product),
    payload: product,
  }
  return { id, version, content: { product, ...content }, event }
}

function withdrawal(id: string, version: number, occasion: Occasion): ProductChange {
  const event: Envelope<Product> = {
    ...changeEvent(id, version, occasion),
    ...{ occurredAt: occasion.now, deleted: true, market: {}, payload: null },
  }
  return { id, version, content: null, event }
}

/**
 * Created, updated or unchanged. Dates that are not given are filled in: `createdAt` stays, `updatedAt` becomes now.
 * A product that was deleted is created anew, its version goes on.
 */
export function decideUpsert(
  request: UpsertRequest,
  standing: Standing | null,
  occasion: Occasion,
): Decision<'created' | 'updated' | 'unchanged'> {
  const { id, product: given, content } = request
  const before = standing?.content ?? null
  const isUnchanged =
    before?.hash === content.hash &&
    isSameDate(given.createdAt, before.createdAt) &&
    isSameDate(given.updatedAt, before.updatedAt)
  if (isUnchanged) return { outcome: 'unchanged', change: null }
  const version = (standing?.version ?? 0) + 1
  const today = new Date(occasion.now).toISOString()
  const product: Product = {
    ...given,
    createdAt: given.createdAt ?? before?.createdAt ?? today,
    updatedAt: given.updatedAt ?? today,
  }
  const change = publication(id, version, product, content, occasion)
  return { outcome: before === null ? 'created' : 'updated', change }
}

/**
 * The same product, or that there is none, said once more with a version above all that anybody was given: `above` is the
 * greatest that a reader holds. `changed`: it has moved on since it was read, and was published with that.
 */
export function decideRepublishing(
  request: Readonly<{ id: string; above: number; read: UpsertRequest | null; readVersion: number | null }>,
  standing: Standing | null,
  occasion: Occasion,
): Decision<'republished' | 'withdrawn' | 'changed'> {
  const { id, above, read, readVersion } = request
  const hasMoved = read !== null ? standing?.version !== readVersion : (standing?.content ?? null) !== null
  if (hasMoved) return { outcome: 'changed', change: null }
  const version = Math.max(standing?.version ?? 0, above) + 1
  if (read === null) return { outcome: 'withdrawn', change: withdrawal(id, version, occasion) }
  const { product, content } = read
  return { outcome: 'republished', change: publication(id, version, product, content, occasion) }
}

export function decideDeletion(
  id: string,
  standing: Standing | null,
  occasion: Occasion,
): Decision<'deleted' | 'absent'> {
  if (!standing?.content) return { outcome: 'absent', change: null }
  return { outcome: 'deleted', change: withdrawal(id, standing.version + 1, occasion) }
}
