import { type InventoryPlace, openInventory } from './inventory-place.ts'
import type { RushReport } from './inventory-rush.ts'

/**
 * Units, each of which must be 0. `oversold`: left or reserved beyond what came in, by the ledger or by the answers, whichever is
 * more; `lost`: answered as confirmed and not in the ledger. `unbalanced`: products whose ledger does not sum to their stock.
 */
export type InventoryAudit = Readonly<{ oversold: number; lost: number; unbalanced: number }>

/** Units of every product that somebody was told had left, each reservation once. */
function confirmedUnits(reports: readonly RushReport[]): ReadonlyMap<string, number> {
  const units = new Map<string, number>()
  const counted = new Set<string>()
  for (const { kind, outcome, id, lines } of reports) {
    if (kind !== 'confirm' || outcome !== 'confirmed' || counted.has(id)) continue
    counted.add(id)
    for (const { productId, quantity } of lines) units.set(productId, (units.get(productId) ?? 0) + quantity)
  }
  return units
}

export async function auditInventory(place: InventoryPlace, reports: readonly RushReport[]): Promise<InventoryAudit> {
  const { query, stockLedger, close } = await openInventory(place)
  try {
    const sums = await query
      .selectFrom('stock_ledger')
      .select(({ fn }) => [
        ...(['product_id', 'reason'] as const),
        fn.sum<number>('on_hand').as('on_hand'),
        fn.sum<number>('reserved').as('reserved'),
      ])
      .groupBy(['product_id', 'reason'])
      .execute()
    const answered = confirmedUnits(reports)
    let [oversold, lost, unbalanced] = [0, 0, 0]
    for (const [productId, rows] of Map.groupBy(sums, ({ product_id }) => product_id)) {
      const onHand = (isCounted: (reason: string) => boolean) =>
        rows.reduce((sum, row) => sum + (isCounted(row.reason) ? row.on_hand : 0), 0)
      const cameIn = onHand((reason) => reason !== 'deducted')
      const left = -onHand((reason) => reason === 'deducted')
      const reserved = rows.reduce((sum, row) => sum + row.reserved, 0)
      const told = answered.get(productId) ?? 0
      oversold += Math.max(0, Math.max(left, told) + reserved - cameIn)
      lost += Math.max(0, told - left)
      unbalanced += (await stockLedger.unbalanced([productId])).length
    }
    return { oversold, lost, unbalanced }
  } finally {
    await close()
  }
}
