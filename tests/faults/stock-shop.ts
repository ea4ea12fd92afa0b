import type { ProductStock } from '@eip/contracts'
import { until } from '@eip/testkit'
import type { PlatformClient } from './platform-client.ts'

const kinds = ['desk lamp', 'floor lamp', 'wall lamp', 'table lamp', 'night lamp']
const priced = (n: number) => ({ amount: 1_000 + 10 * n, currency: 'USD' })

/** Fewer than are asked for as long as a story goes. */
export const scarce = Array.from({ length: 50 }, (_, n) => `lamp-${n}`)
export const piecesAtFirst = 20
/** Nobody buys all of it: tells when buying is possible again. */
export const plenty = 'lamp-plenty'
export const plentyOfPieces = 1_000_000

const products = [...scarce, plenty].map((id, n) => ({
  ...{ id, title: `Brass ${kinds[n % kinds.length]} ${n}`, language: 'en', price: priced(n) },
  ...{ seller: `Seller ${n % 3}`, categoryPath: ['Home', 'Lamps'] },
}))

/** Units of each product. */
export type Units = Map<string, number>

export const addUnits = (units: Units, productId: string, more: number): unknown =>
  units.set(productId, (units.get(productId) ?? 0) + more)

/** Lamps in limited numbers, which search shows and orders sells. */
export async function openLampShop(client: PlatformClient): Promise<void> {
  await client.insist('/products', { products })
  const rows = [
    ...scarce.map((productId) => ({ productId, onHand: piecesAtFirst })),
    { productId: plenty, onHand: plentyOfPieces },
  ]
  await client.insist('/stock/counts', { operationId: 'at-first', rows })
  await until('all are found', async () => (await lampsFound(client)).length === products.length)
  await until('orders knows the prices', async () => {
    const { pricedProducts } = await client.insist('/operations/order-statistics')
    return pricedProducts === products.length
  })
}

export type Lamp = Readonly<{ id: string; notice: string | null }>

/** All lamps, as the next search has them. */
export async function lampsFound({ insist }: Pick<PlatformClient, 'insist'>): Promise<readonly Lamp[]> {
  const { hits } = await insist('/search?q=lamp&size=100')
  return (hits as readonly { id: string; fulfilment: { notice: string | null } }[]).map(({ id, fulfilment }) => ({
    id,
    notice: fulfilment.notice,
  }))
}

/** Ids of what nobody can buy any more, by its owner. */
export async function soldOut({ insist }: Pick<PlatformClient, 'insist'>): Promise<readonly string[]> {
  const { stock } = await insist('/stock?limit=1000')
  return (stock as readonly ProductStock[]).flatMap(({ productId, atp }) => (atp === 0 ? [productId] : [])).toSorted()
}
