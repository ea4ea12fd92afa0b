/** What a slot is compared by: its kind, and the catalogue's value, or the range of a price or measure. */
export type ExpectedSlot =
  | Readonly<{ kind: 'brand' | 'category' | 'colour' | 'size' | 'attribute'; value: string }>
  | Readonly<{
      kind: 'price' | 'attribute'
      range: Readonly<{ minimum: number | null; maximum: number | null; unit: string | null }>
    }>

export type AnnotatedQuery = Readonly<{
  /** The catalogue that the slots speak of: the demo shop's 5,000 products, or `marketProducts()`. */
  catalogue: 'demo-shop' | 'market'
  /** The language that the shopper writes. */
  language: 'en' | 'ko' | 'pt'
  query: string
  /** What a careful reader takes from the query, typing mistakes and all; empty where there is nothing to take. */
  slots: readonly ExpectedSlot[]
}>

export const brand = (value: string): ExpectedSlot => ({ kind: 'brand', value })
export const category = (value: string): ExpectedSlot => ({ kind: 'category', value })
export const colour = (value: string): ExpectedSlot => ({ kind: 'colour', value })
export const size = (value: string): ExpectedSlot => ({ kind: 'size', value })
export const attribute = (value: string): ExpectedSlot => ({ kind: 'attribute', value })
export const price = (minimum: number | null, maximum: number | null, unit: string | null): ExpectedSlot => ({
  kind: 'price',
  range: { minimum, maximum, unit },
})
export const between = (minimum: number | null, maximum: number | null, unit: string): ExpectedSlot => ({
  kind: 'attribute',
  range: { minimum, maximum, unit },
})
export const measure = (amount: number, unit: string): ExpectedSlot => between(amount, amount, unit)
