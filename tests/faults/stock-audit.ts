import type { LedgerEntry, Order, ProductStock } from '@eip/contracts'
import type { Endings } from './buyers.ts'
import type { PlatformClient } from './platform-client.ts'
import { addUnits, piecesAtFirst, plenty, plentyOfPieces, scarce, type Units } from './stock-shop.ts'

type Client = Pick<PlatformClient, 'insist'>

/** Every order, and every product of the shop whose books are wrong, with what is wrong in them. */
export async function auditBooks(client: Client, endings: Endings, kept: Units): Promise<object> {
  const { sold, ...orders } = await auditOrders(client, endings)
  const products: Record<string, object> = {}
  for (const productId of [...scarce, plenty]) {
    const fault = await faultInLedger(client, productId, {
      sold: sold.get(productId) ?? 0,
      cameIn: (productId === plenty ? plentyOfPieces : piecesAtFirst) + (kept.get(productId) ?? 0),
    })
    if (fault !== null) products[productId] = fault
  }
  return { ...orders, products }
}

/** What `auditBooks` answers where all is well. */
export const goodBooks = { missing: [], unasked: [], different: [], twice: 0, products: {} }

async function allOrders({ insist }: Client): Promise<readonly Order[]> {
  const all: Order[] = []
  for (let next: unknown = ''; next !== null; ) {
    const page = await insist(
      `/operations/orders?limit=200${next === '' ? '' : `&before=${encodeURIComponent(String(next))}`}`,
    )
    all.push(...(page.orders as Order[]))
    next = page.next
  }
  return all
}

const textOf = (lines: Iterable<readonly [string, number]>) => JSON.stringify([...lines].sort())

/** Every checkout that was acknowledged is one paid order of the same lines, and nothing else is one. */
async function auditOrders(client: Client, endings: Endings) {
  const orders = await allOrders(client)
  const sold: Units = new Map()
  for (const { lines } of orders) for (const { productId, quantity } of lines) addUnits(sold, productId, quantity)
  const byId = new Map(orders.map((order) => [order.orderId, order]))
  const placed = [...endings].filter(([, { outcome }]) => outcome === 'placed')
  const isSame = ({ state, lines }: Order, wanted: Units) =>
    state === 'paid' && textOf(lines.map((line) => [line.productId, line.quantity])) === textOf(wanted)
  return {
    sold,
    twice: orders.length - byId.size,
    missing: placed.flatMap(([id]) => (byId.has(id) ? [] : [id])),
    different: placed.flatMap(([id, { lines }]) => (byId.has(id) && !isSame(byId.get(id)!, lines) ? [id] : [])),
    unasked: [...byId.keys()].filter((id) => endings.get(id)?.outcome !== 'placed'),
  }
}

/** Oldest first. */
async function ledgerOf({ insist }: Client, productId: string) {
  const entries: LedgerEntry[] = []
  for (;;) {
    const before = entries[0] ? `&before=${entries[0].id}` : ''
    const page = await insist(`/stock/${productId}/ledger?limit=500${before}`)
    const older = page.entries as LedgerEntry[]
    entries.unshift(...older.toReversed())
    if (older.length < 500) return { entries, isBalanced: page.isBalanced === true }
  }
}

/** null: what came in and what was sold are in the ledger, which was never below zero and sums to the stock. */
async function faultInLedger(client: Client, productId: string, expected: Readonly<{ sold: number; cameIn: number }>) {
  const { entries, isBalanced } = await ledgerOf(client, productId)
  const stock = (await client.insist(`/stock/${productId}`)) as unknown as ProductStock
  const amounts = { onHand: 0, reserved: 0 }
  const found = { sold: 0, cameIn: 0, lowest: 0 }
  for (const { reason, onHand, reserved } of entries) {
    amounts.onHand += onHand
    amounts.reserved += reserved
    found.lowest = Math.min(found.lowest, amounts.reserved, amounts.onHand - amounts.reserved)
    if (reason === 'deducted' || reason === 'restored') found.sold -= onHand
    else found.cameIn += onHand
  }
  const isSum = stock.onHand === amounts.onHand && stock.reserved === amounts.reserved
  const isGood = isBalanced && isSum && amounts.reserved === 0 && found.lowest === 0
  if (isGood && found.sold === expected.sold && found.cameIn === expected.cameIn) return null
  return { isBalanced, stock, amounts, found, expected }
}
