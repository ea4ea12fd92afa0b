/** Bounds of a price or a measure, both included; null is open. The unit is a currency code, a unit's usual sign, or unknown. */
export type SlotRange = Readonly<{ minimum: number | null; maximum: number | null; unit: string | null }>

export type SlotKind = 'brand' | 'category' | 'colour' | 'size' | 'price' | 'attribute'

/** A part of a query that says something which the catalogue knows. */
export type Slot = Readonly<{
  kind: SlotKind
  /** The catalogue's own writing: a brand, "A > B", an attribute's value; for prices and measures the range in words. */
  value: string
  /** Of colours, sizes and attributes: the attribute's name in the catalogue. Absent for a measure that no attribute holds. */
  attribute?: string
  range?: SlotRange
  /** The shopper's own spelling, and where it stands: UTF-16 offsets in the query. */
  surface: string
  start: number
  end: number
  /** 0 to 1, roughly the share of such readings that are right. */
  confidence: number
  /** `filter`: certain enough to leave products out; `wish`: counts in scoring only. */
  effect: 'filter' | 'wish'
  /** Why, for people: "brand of 312 products". */
  reason: string
}>

/** A reading before it is known which of the overlapping ones stand; `first` to `last` are tokens, `last` excluded. */
export type Reading = Readonly<{ first: number; last: number; slot: Omit<Slot, 'surface' | 'start' | 'end'> }>
