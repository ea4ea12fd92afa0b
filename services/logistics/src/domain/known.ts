import type { OrderFacts } from './order-fact.ts'

/** A product as logistics knows it: from the catalogue, and from orders where it is shipped from. */
export type KnownProduct = Readonly<{
  seller: string | null
  sellerRegion: string | null
  category: string | null
  isActive: boolean
}>

export const unknownProduct: KnownProduct = Object.freeze({
  ...{ seller: null, sellerRegion: null, category: null, isActive: false },
})

/** What was foretold of an order when it was first seen; null: nothing could be. */
export type Foretold = Readonly<{ lateProbability: number; days: number; base: number }>

/** An order as it was learned; `fault`: why it teaches nothing. */
export type KnownOrder = Readonly<{
  facts: OrderFacts
  foretold: Foretold | null
  isJudged: boolean
  fault: string | null
}>

/** Units since ever, as inventory last told them. */
export type KnownStock = Readonly<{ asked: number; unmet: number }>

export type KnownRegion = Readonly<{ bit: number }>
export type KnownCoverage = Readonly<{ regions: readonly string[] | null }>

/** Decayed units. */
export type Demand = Readonly<{ asked: number; unmet: number }>
export const noDemand: Demand = Object.freeze({ asked: 0, unmet: 0 })
