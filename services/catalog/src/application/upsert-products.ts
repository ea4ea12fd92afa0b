import { timeSlice } from '@eip/database'
import type { Clock } from '@eip/kernel'
import type { Call } from '@eip/rpc'
import { decideUpsert, type UpsertRequest } from '../domain/product-change.ts'
import { canonicalProduct, contentOf } from '../domain/product-content.ts'
import { readProductRow } from '../domain/product-row.ts'
import type { ProductStore } from '../ports/product-store.port.ts'
import { occasionOf } from './occasion.ts'

type Needs = Readonly<{ productStore: ProductStore; clock: Clock }>
type Row = Readonly<Record<string, unknown>>
type RejectedRow = { index: number; id: string | null; field: string; reason: string }

async function readRows(rows: readonly Row[]) {
  const slice = timeSlice()
  const requests: UpsertRequest[] = []
  const rejected: RejectedRow[] = []
  for (const [index, row] of rows.entries()) {
    const read = readProductRow(row)
    if (read.outcome === 'rejected') rejected.push({ index, id: read.id, ...read.rejection })
    else {
      const product = canonicalProduct(read.product)
      requests.push({ id: product.id, product, content: contentOf(product) })
    }
    await slice.pause()
  }
  return { requests, rejected }
}

/** Rows that are right go in, in order, all in one transaction; an id that comes twice is changed twice. */
export const upsertProducts =
  ({ productStore, clock }: Needs) =>
  async ({ products }: Readonly<{ products: readonly Row[] }>, call: Pick<Call, 'trace'>) => {
    const { requests, rejected } = await readRows(products)
    const occasion = occasionOf(call, clock)
    const counts = { created: 0, updated: 0, unchanged: 0 }
    const outcomes = await productStore.change(requests, (request, standing) =>
      decideUpsert(request, standing, occasion),
    )
    for (const outcome of outcomes) counts[outcome] += 1
    return { ...counts, rejected }
  }
