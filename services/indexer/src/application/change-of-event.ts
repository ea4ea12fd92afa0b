import type { EmbeddedProduct, LogisticsScore, Product, PublishedEncoder, StockChanged } from '@eip/contracts'
import type { Delivery } from '@eip/event-bus'
import { failures } from '@eip/kernel'
import type { EncoderChange, OwnedChange, ProductChange, VectorChange } from '@eip/product-index/writer'

const failure = failures({
  'indexer.bad-key': { kind: 'invalid', cure: 'Publish vectors under the key ENCODER/PRODUCT.' },
})

// The bus has checked each payload against its topic's schema; a deletion has none.

export const productChangeOf = ({ event }: Delivery): ProductChange => ({
  id: event.key,
  version: event.version,
  product: event.deleted ? null : (event.payload as Product | null),
})

/** What its owner says of a product's stock; after a deletion, nothing. */
export function stockColumnsOf({ event }: Delivery): OwnedChange<'inventory'> {
  const { key: id, version, deleted } = event
  const stock = deleted ? null : (event.payload as StockChanged | null)
  const numbers = stock && { atp: stock.atp, daysOfCover: stock.daysOfCover }
  return { owner: 'inventory', id, version, numbers }
}

export function logisticsColumnsOf({ event }: Delivery): OwnedChange<'logistics'> {
  const { key: id, version, deleted } = event
  const said = deleted ? null : (event.payload as LogisticsScore | null)
  if (said === null) return { owner: 'logistics', id, version, numbers: null }
  const { score: logisticsScore, delayRate, returnRate, shortageRate, leadTimeDays, coverage } = said
  const numbers = { logisticsScore, delayRate, returnRate, shortageRate, leadTimeDays, coverage }
  return { owner: 'logistics', id, version, numbers }
}

/** Product and encoder are in the key: a deletion has nothing else. An encoder's id has no slash, a product's may. */
export function vectorChangeOf({ event }: Delivery): VectorChange {
  const { key, version, deleted } = event
  const slash = key.indexOf('/')
  if (slash <= 0 || slash === key.length - 1)
    throw failure('indexer.bad-key', `the key "${key}" of a vector is not ENCODER/PRODUCT`, { key })
  const vector = deleted ? null : ((event.payload as EmbeddedProduct | null)?.vector ?? null)
  return { encoder: key.slice(0, slash), productId: key.slice(slash + 1), version, vector }
}

export const encoderChangeOf = ({ event }: Delivery): EncoderChange => ({
  encoder: event.key,
  version: event.version,
  isHeld: !event.deleted && (event.payload as PublishedEncoder | null)?.state !== 'retired',
})
