import { failures } from '@eip/kernel'
import type { Lake } from '@eip/lake'
import {
  faultyOrders,
  keepOrderLines,
  keepRegionPlaces,
  keepSalesRates,
  mapCatalogue,
  type OlistSources,
  type OrderedProduct,
  orderRows,
  productRows,
  readOlist,
  salesRates,
  type TableSummary,
} from '@eip/pipeline-olist'
import {
  hashOfFile,
  type ImportSummary,
  importProducts,
  type LoadBatch,
  noMapping,
  partName,
  type RejectedRows,
} from '@eip/pipeline-products'
import type { Supply } from '../shop-supply.ts'
import { type GeneratedSummary, generateStock } from './stock-rows.ts'

const failure = failures({
  'import.no-products': {
    kind: 'invalid',
    cure: 'Give products as JSON lines in our own shape, or mapped to it: see pipelines/products/README.md.',
  },
})

type Loaded = Readonly<{ created: number; updated: number; unchanged: number; setAside: number }>
export type OrdersSummary = Loaded & Readonly<{ read: number; reasons: Readonly<Record<string, number>> }>
export type OlistSummary = Readonly<{
  tables: readonly TableSummary[]
  products: Loaded
  /** read = created + updated + unchanged + setAside. */
  orders: OrdersSummary
  stock: GeneratedSummary
  /** How the products of Olist found theirs in the catalogue; null without one. */
  mapping: Readonly<Record<string, number>> | null
}>

export type HistoryImport = Readonly<{
  directory: string
  lake: Lake
  load: LoadBatch
  supply: Pick<Supply, 'importOrders' | 'countStock' | 'listStock' | 'placeRegions'>
  rejected: RejectedRows
  seed: number
  onStep: (text: string, share?: number) => void
}>

/** Olist as a shop of its own: its products, the orders of them, and stock from what they sold. */
export async function importOlist(options: HistoryImport): Promise<OlistSummary> {
  const { lake } = options
  const { tables, sources } = await readTables(options)
  const ordered = new Map<string, OrderedProduct>()
  const products = { created: 0, updated: 0, unchanged: 0, setAside: 0 }
  for await (const batch of productRows({ lake, sources })) {
    const { created, updated, unchanged, rejected } = await options.load(batch)
    products.created += created
    products.updated += updated
    products.unchanged += unchanged
    products.setAside += rejected.length
    const bad = new Set(rejected.map(({ index }) => index))
    for (const { index, field, reason } of rejected)
      await options.rejected.add({ line: 0, field: `products.${field}`, reason, text: batch[index]?.id ?? '' })
    for (const [index, { id, title, categoryPath }] of batch.entries())
      if (!bad.has(index)) ordered.set(id, { id, title, categoryPath })
    options.onStep(`loading products ${ordered.size}`)
  }
  const orders = await sendOrders(options, sources, { part: 'olist', products: ordered })
  const stock = await stockOf(options, sources, { part: 'olist', products: ordered.keys() })
  return { tables, products, orders, stock, mapping: null }
}

/** One shop of two data sets: the catalogue's products with Olist's orders as their history. */
export async function importMappedShop(
  options: HistoryImport &
    Readonly<{ catalogue: string; rejectedFile: string; defaults: Readonly<{ currency?: string; language?: string }> }>,
): Promise<OlistSummary & Readonly<{ catalogue: ImportSummary }>> {
  const { lake, seed, defaults } = options
  const part = partName(await hashOfFile(options.catalogue), [noMapping, defaults])
  const { tables, sources } = await readTables(options)
  // The catalogue stands in the lake before its first product is loaded: only then is it known who sells what.
  let mapping: Promise<Awaited<ReturnType<typeof mapCatalogue>>> | undefined
  const mapped = () => {
    mapping ??= mapCatalogue({ lake, sources, catalogue: lake.source('products', part), seed })
    return mapping
  }
  const ids: string[] = []
  const load: LoadBatch = async (batch) => {
    const { sellers } = await mapped()
    for (const { id } of batch) ids.push(id)
    options.onStep(`loading products ${ids.length}`)
    return options.load(batch.map((product) => ({ ...product, seller: sellers.get(product.id) ?? product.seller })))
  }
  const { rejectedFile } = options
  const catalogue = await importProducts({ file: options.catalogue, lake, load, rejectedFile, defaults })
  if (ids.length === 0) throw failure('import.no-products', `no product of "${options.catalogue}" could be taken`)
  const { source, products: ordered, counts } = await mapped()
  const orders = await sendOrders(options, sources, { part: 'shop', products: ordered })
  const stock = await stockOf(options, sources, { part: 'shop', products: ids, mapping: source })
  const { created, updated, unchanged, setAside } = catalogue
  return { tables, products: { created, updated, unchanged, setAside }, orders, stock, mapping: counts, catalogue }
}

const readTables = ({ directory, lake, rejected, onStep }: HistoryImport) =>
  readOlist({ directory, lake, rejected, onProgress: ({ table, share }) => onStep(`reading ${table}`, share) })

/** Fewer than are allowed: a busy platform must answer within its usual time. */
const ordersAtOnce = 200

async function sendOrders(
  { lake, supply, rejected, onStep }: HistoryImport,
  sources: OlistSources,
  { part, products }: Readonly<{ part: string; products: ReadonlyMap<string, OrderedProduct> }>,
): Promise<OrdersSummary> {
  const places = await keepRegionPlaces({ lake, sources })
  if (places.length > 0) await supply.placeRegions(places)
  const total = { read: 0, created: 0, updated: 0, unchanged: 0, setAside: 0 }
  const reasons: Record<string, number> = {}
  const setAside = async (line: number, orderId: string, field: string, reason: string) => {
    total.setAside++
    reasons[reason] = (reasons[reason] ?? 0) + 1
    await rejected.add({ line, field, reason: `order ${orderId}: ${reason}`, text: '' })
  }
  for await (const rows of lake.query(faultyOrders(sources)))
    for (const { line, order_id, fault } of rows)
      await setAside(Number(line), String(order_id), 'orders', String(fault))
  const kept = await keepOrderLines({ lake, part })
  try {
    for await (const batch of orderRows({ lake, sources }, (id) => products.get(id) ?? null, ordersAtOnce)) {
      const { created, updated, unchanged, rejected: refused } = await supply.importOrders(batch)
      total.created += created
      total.updated += updated
      total.unchanged += unchanged
      for (const { orderId, field, reason } of refused) await setAside(0, orderId ?? '', field, `${field} ${reason}`)
      const bad = new Set(refused.map(({ index }) => index))
      await kept.append(batch.filter((_, index) => !bad.has(index)))
      onStep(`loading orders ${total.created + total.updated + total.unchanged}`)
    }
    await kept.commit()
  } catch (error) {
    await kept.discard()
    throw error
  }
  total.read = total.created + total.updated + total.unchanged + total.setAside
  return { ...total, reasons }
}

async function stockOf(
  { lake, supply, seed, onStep }: HistoryImport,
  sources: OlistSources,
  { part, products, mapping }: Readonly<{ part: string; products: Iterable<string>; mapping?: string }>,
): Promise<GeneratedSummary> {
  await keepSalesRates({ lake, sources, part, ...(mapping === undefined ? {} : { mapping }) })
  const rates = await salesRates(lake)
  return generateStock({ products, rates, supply, seed, onRows: (rows) => onStep(`generating stock ${rows}`) })
}
