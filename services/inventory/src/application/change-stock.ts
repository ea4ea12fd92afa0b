import { type InventoryContract, type StockRow, stockRowSchema } from '@eip/contracts'
import { newId } from '@eip/kernel'
import { type Handlers, plainReason } from '@eip/rpc'
import {
  decideAdjustment,
  decideCount,
  decideReceipt,
  decideRepublishing,
  decideThreshold,
} from '../domain/stocking.ts'
import type { LedgerWriter } from './ledger-writer.ts'
import type { StockReads } from './read-stock.ts'

type Needs = Readonly<{ writer: LedgerWriter; reads: Pick<StockReads, 'stockNow'> }>
type Row = Readonly<Record<string, unknown>>
type Rejected = { index: number; productId: string | null; field: string; reason: string }

const own = (id: unknown) => (typeof id === 'string' ? id.slice(0, 200).toWellFormed() : null)

/** The rows that can be used, each with its place among those given. */
function readRows(given: readonly Row[]) {
  const rows: { index: number; row: StockRow }[] = []
  const rejected: Rejected[] = []
  for (const [index, each] of given.entries()) {
    const { data, error } = stockRowSchema.safeParse(each)
    if (data) rows.push({ index, row: data })
    else {
      const [issue] = error.issues
      const field = issue!.path.join('.') || 'row'
      rejected.push({ index, productId: own(each.productId), field, reason: plainReason(issue!.message) })
    }
  }
  return { rows, rejected }
}

/** Goods that come in, are counted or corrected. */
export const changeStock = ({
  writer,
  reads: { stockNow },
}: Needs): Pick<
  Handlers<InventoryContract>,
  'receive' | 'adjust' | 'countStock' | 'setThreshold' | 'republishStock'
> => ({
  async receive(request, call) {
    const productIds = [...new Set(request.lines.map(({ productId }) => productId))]
    const { operationId } = request
    const outcome = await writer.write({ productIds, operationId }, call, (standing, occasion) =>
      decideReceipt(request, standing, occasion),
    )
    return { outcome, stock: await stockNow(productIds) }
  },
  async adjust(request, call) {
    const { productId, operationId } = request
    const outcome = await writer.write({ productIds: [productId], operationId }, call, (standing, occasion) =>
      decideAdjustment(request, standing, occasion),
    )
    const [stock] = await stockNow([productId])
    return { outcome, stock: stock! }
  },
  async countStock({ rows: given, ...request }, call) {
    const { rows, rejected } = readRows(given)
    if (rows.length === 0) return { changed: 0, unchanged: 0, rejected }
    const productIds = [...new Set(rows.map(({ row }) => row.productId))]
    const { changed, unchanged, refused } = await writer.write(
      { productIds, operationId: request.operationId },
      call,
      (standing, occasion) => decideCount({ ...request, rows: rows.map(({ row }) => row) }, standing, occasion),
    )
    for (const { index, ...why } of refused) {
      const { index: place, row } = rows[index]!
      rejected.push({ index: place, productId: row.productId, ...why })
    }
    return { changed, unchanged, rejected: rejected.toSorted((a, b) => a.index - b.index) }
  },
  async setThreshold(request, call) {
    const operationId = newId()
    await writer.write({ productIds: [request.productId] }, call, (standing, occasion) =>
      decideThreshold({ ...request, operationId }, standing, occasion),
    )
    const [stock] = await stockNow([request.productId])
    return stock!
  },
  async republishStock({ products }, call) {
    const operationId = newId()
    await Promise.all(
      products.map(({ id, above }) =>
        writer.write({ productIds: [id] }, call, (standing, occasion) =>
          decideRepublishing({ productId: id, above, operationId }, standing, occasion),
        ),
      ),
    )
    return { republished: products.length }
  },
})
