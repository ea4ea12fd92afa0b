import type { Product } from '@eip/contracts'
import type { Lake, LakeRow } from '@eip/lake'
import type { ImportProgress } from './import-summary.ts'
import type { RejectedRows } from './rejected-rows.ts'

/** What the owner of products answers to a batch, as catalog's `upsertProducts` does. */
export type LoadOutcome = Readonly<{
  created: number
  updated: number
  unchanged: number
  rejected: readonly Readonly<{ index: number; id: string | null; field: string; reason: string }>[]
}>

/** Takes at most 1,000 products, of some 4 MB at most, each id once in all batches of an import. */
export type LoadBatch = (products: readonly Product[]) => Promise<LoadOutcome>

export type Loading = Readonly<{
  lake: Lake
  /** SQL, one after the other; they answer rows of `line` and `product` (JSON), and whatever `complete` wants. */
  queries: readonly string[]
  rowsTotal: number
  complete?: (product: Product, row: LakeRow) => Product
  load: LoadBatch
  rejected: RejectedRows
  onProgress?: ((progress: ImportProgress) => void) | undefined
  signal?: AbortSignal | undefined
}>

export type Loaded = Readonly<{ created: number; updated: number; unchanged: number; setAside: number }>

const batchRows = 1_000
const batchCharacters = 4 * 2 ** 20

/** The newest row of every id in a part with the columns `line`, `id` and `product`. */
export const lastRowPerId = (source: string): string =>
  `SELECT line, product FROM ${source} SEMI JOIN (SELECT max(line) AS line FROM ${source} GROUP BY id) USING (line)`

/** Streams products from the lake to their owner, batch by batch; what the owner refuses is set aside. */
export async function loadProducts(loading: Loading): Promise<Loaded> {
  const { lake, queries, complete = (product: Product) => product, signal } = loading
  const total = { created: 0, updated: 0, unchanged: 0, setAside: 0 }
  let batch: { line: number; product: Product }[] = []
  let characters = 0
  let rows = 0
  const send = async () => {
    if (batch.length === 0) return
    const sent = batch
    batch = []
    characters = 0
    signal?.throwIfAborted()
    const outcome = await loading.load(sent.map(({ product }) => product))
    total.created += outcome.created
    total.updated += outcome.updated
    total.unchanged += outcome.unchanged
    total.setAside += outcome.rejected.length
    for (const { index, field, reason } of outcome.rejected) {
      const { line, product } = sent[index] as (typeof sent)[number]
      await loading.rejected.add({ line, field, reason: `line ${line}: ${reason}`, text: JSON.stringify(product) })
    }
    rows += sent.length
    loading.onProgress?.({ phase: 'loading', rows, rowsTotal: loading.rowsTotal })
  }
  for (const query of queries)
    for await (const found of lake.query(query))
      for (const row of found) {
        const size = charactersOf(row)
        if (batch.length === batchRows || characters + size > batchCharacters) await send()
        batch.push({ line: row.line as number, product: complete(JSON.parse(row.product as string) as Product, row) })
        characters += size
      }
  await send()
  return total
}

/** Of the product and of all texts that may complete it. */
function charactersOf(row: LakeRow): number {
  let characters = 0
  for (const name in row) {
    const value = row[name]
    if (typeof value === 'string') characters += value.length
  }
  return characters
}
