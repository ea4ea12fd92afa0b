import { type Envelope, type Product, productChanged, productSchema } from '@eip/contracts'

/** A valid product with a title; everything else as given or unknown. */
export const aProduct = (fields: Partial<Product> & { id: string }): Product =>
  productSchema.parse({ title: `Product ${fields.id}`, ...fields })

/** The event of a product's change; null stands for its deletion. */
export const envelopeOf = <Payload = Product>(
  id: string,
  version: number,
  payload: Payload | null,
  at = Date.UTC(2026, 0, 1),
): Envelope<Payload> => ({
  id: `${id}@${version}`,
  schema: productChanged.schema,
  key: id,
  version,
  occurredAt: at,
  recordedAt: at,
  deleted: payload === null,
  market: {},
  payload,
})
