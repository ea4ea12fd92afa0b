import { lowStockDays, type ProductStock, type StockAmounts } from '@eip/contracts'
import { dailySales, noSales, type SalesRecord } from './sales-forecast.ts'

export type PlaceStock = Readonly<{ place: string; onHand: number; reserved: number }>

/** A product's stock as it is kept. The sums over its places are its amounts. The version grows with every change that is published. */
export type Stock = Readonly<{
  productId: string
  version: number
  onHand: number
  reserved: number
  places: readonly PlaceStock[]
  /** Set by hand; null: what the sales say. */
  lowStockAt: number | null
  sales: SalesRecord
  demand: Readonly<{ asked: number; unmet: number }>
  isGenerated: boolean
  /** As they were published last; they change as time goes by. */
  published: Readonly<{ daysOfCover: number | null; isLow: boolean }>
}>

export const noStock = (productId: string, at: number): Stock => ({
  ...{ productId, version: 0, onHand: 0, reserved: 0, places: [], lowStockAt: null, sales: noSales(at) },
  ...{ demand: { asked: 0, unmet: 0 }, isGenerated: false, published: { daysOfCover: null, isLow: false } },
})

export const atpOf = ({ onHand, reserved }: Pick<Stock, 'onHand' | 'reserved'>): number => onHand - reserved

export const amountsOf = ({ onHand, reserved }: Stock): StockAmounts => ({ onHand, reserved, atp: onHand - reserved })

const lowStockOf = (byHand: number | null, daily: number | null) =>
  byHand ?? (daily !== null && daily > 0 ? Math.ceil(daily * lowStockDays) : null)

/** The stock as others see it at a time. */
export function productStock(stock: Stock, at: number): ProductStock {
  const { productId, demand, isGenerated } = stock
  const amounts = amountsOf(stock)
  const daily = dailySales(stock.sales, at)
  const lowStockAt = lowStockOf(stock.lowStockAt, daily)
  return {
    ...{ productId, ...amounts, dailySales: daily },
    daysOfCover: daily !== null && daily > 0 ? Math.round((amounts.atp / daily) * 1e3) / 1e3 : null,
    ...{ lowStockAt, isLow: lowStockAt !== null && amounts.atp <= lowStockAt },
    ...{ isGenerated, demand },
  }
}

/** Days of cover that moved by more than this share are published again. */
const publishedStep = 0.2

/** Whether time alone has made it another than it was published. */
export function hasDrifted(stock: Stock, at: number): boolean {
  const { daysOfCover, isLow } = productStock(stock, at)
  const before = stock.published.daysOfCover
  if (isLow !== stock.published.isLow || (daysOfCover === null) !== (before === null)) return true
  return daysOfCover !== null && Math.abs(daysOfCover - before!) > publishedStep * Math.abs(before!)
}
