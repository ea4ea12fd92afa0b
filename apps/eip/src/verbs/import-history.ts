import { setPriority } from 'node:os'
import { join } from 'node:path'
import { failures } from '@eip/kernel'
import type { Lake } from '@eip/lake'
import { salesRates } from '@eip/pipeline-olist'
import { type RejectedRow, type RejectedRows, rejectedRows } from '@eip/pipeline-products'
import type { Command } from 'commander'
import { sharedFilesAddress } from '../backends/files.ts'
import { readEnvironment } from '../environment.ts'
import { importMappedShop, importOlist, type OlistSummary } from '../imports/olist-history.ts'
import { openSharedLake } from '../imports/shared-lake.ts'
import { generateStock, importStock } from '../imports/stock-rows.ts'
import { answer, grouped, table } from '../output.ts'
import { type Progress, progressLine } from '../progress.ts'
import { openShop, type Shop, untilIndexed } from '../shop.ts'
import { untilLearned } from '../shop-supply.ts'
import { wholeNumber } from '../whole-number.ts'

const failure = failures({
  'import.no-stock': { kind: 'invalid', cure: 'Give a CSV file of stock, or --generate, or both.' },
})

type Common = Readonly<{ json?: true; seed: number }>
type ShopOptions = Common & Readonly<{ catalogue: string; orders: string; currency?: string; language?: string }>
type StockOptions = Common & Readonly<{ generate?: true }>

type Source = Readonly<{ lake: Lake; shop: Shop; rejected: RejectedRows; rejectedFile: string; progress: Progress }>
type Told = Readonly<{ json: object; lines: readonly string[] }>

const withSeed = (command: Command) =>
  command
    .option('--seed <N>', 'what is drawn is drawn alike with the same seed', wholeNumber(0, 2 ** 32 - 1), 1)
    .option('--json', 'print the summary as one JSON object, the last line of standard output')

/** Histories of orders, and stock. */
export function importHistory(parent: Command): void {
  withSeed(parent.command('olist'))
    .description(
      'Olist: products, orders, deliveries and reviews, with stock made from the sales (see pipelines/olist/README.md).',
    )
    .argument('<dir>', 'the folder with the tables, CSV, plain or gzip')
    .action((directory: string, options: Common) =>
      importWith(options, async (source) => describe(await importOlist(historyOf(source, directory, options)))),
    )
  withSeed(parent.command('shop'))
    .description("One shop of two data sets: a catalogue whose products get Olist's orders as their history.")
    .requiredOption('--catalogue <FILE>', 'products in our own shape, JSON lines, plain or gzip')
    .requiredOption('--orders <DIR>', 'the folder with the tables of Olist')
    .option('--currency <CODE>', 'currency of products that name none (ISO 4217)')
    .option('--language <CODE>', 'language of products that name none (ISO 639)')
    .action((options: ShopOptions) => importWith(options, (source) => importShop(source, options)))
  withSeed(parent.command('stock'))
    .description(
      'What is on the shelves: CSV with product_id, place, on_hand, low_stock_at, daily_sales in its first line.',
    )
    .argument('[file]', 'FILE.csv or FILE.csv.gz; only product_id and on_hand must be there')
    .option('--generate', 'make up stock, marked as generated, for products that have none, from the sales in the lake')
    .action((file: string | undefined, options: StockOptions) =>
      importWith(options, (source) => stockWith(source, file, options)),
    )
}

const historyOf = ({ lake, shop, rejected, progress }: Source, directory: string, { seed }: Common) => ({
  ...{ directory, lake, rejected, seed, load: shop.load, supply: shop.supply },
  onStep: (text: string, share?: number) => progress.report(text, share),
})

async function importShop(source: Source, options: ShopOptions): Promise<Told> {
  const { catalogue, orders, currency, language } = options
  const defaults = { ...(currency === undefined ? {} : { currency }), ...(language === undefined ? {} : { language }) }
  const rejectedFile = source.rejectedFile.replace(/\.jsonl$/, '-products.jsonl')
  const history = historyOf(source, orders, options)
  return describe(await importMappedShop({ ...history, catalogue, defaults, rejectedFile }))
}

async function stockWith(
  { lake, shop, rejected, progress }: Source,
  file: string | undefined,
  options: StockOptions,
): Promise<Told> {
  if (file === undefined && !options.generate) throw failure('import.no-stock', 'nothing is said of stock')
  const { supply } = shop
  const onRows = (rows: number) => progress.report(`stock of ${grouped(rows)} places`)
  const counted = file === undefined ? null : await importStock({ file, supply, rejected, onRows })
  const generated = options.generate
    ? await generateStock({
        products: productIds(shop),
        rates: await salesRates(lake),
        supply,
        seed: options.seed,
        onRows,
      })
    : null
  const lines: string[] = []
  if (counted)
    lines.push(
      `rows read     ${grouped(counted.read)}`,
      `  changed     ${grouped(counted.changed)}`,
      `  unchanged   ${grouped(counted.unchanged)}`,
      `  set aside   ${grouped(counted.setAside)}`,
      ...counted.first.map(({ reason }: RejectedRow) => `    ${reason}`),
    )
  if (generated)
    lines.push(`generated     ${grouped(generated.generated)} products (${grouped(generated.hadStock)} had stock)`)
  return { json: { ...counted, ...generated }, lines }
}

/** Products that are sold, by id. */
async function* productIds({ versions }: Shop): AsyncGenerator<string> {
  for (let after: string | undefined; ; ) {
    const { versions: page, next } = await versions.ofSource({
      limit: 1_000,
      ...(after === undefined ? {} : { after }),
    })
    for (const { id, isActive } of page) if (isActive) yield id
    if (next === null) return
    after = next
  }
}

function describe(summary: OlistSummary): Told {
  const { tables, products, orders, stock, mapping } = summary
  const rows = tables.map((each) => [
    each.table,
    ...[each.read, each.kept, each.duplicates, each.setAside].map(grouped),
  ])
  const why = (what: string, reasons: Readonly<Record<string, number>>) =>
    Object.entries(reasons).map(([reason, count]) => `  set aside   ${grouped(count)}  ${what}: ${reason}`)
  const told = ({ created, updated, unchanged }: typeof products) =>
    `${grouped(created)} new, ${grouped(updated)} changed, ${grouped(unchanged)} as they were`
  const lines = [
    table(['table', 'read', 'kept', 'duplicates', 'set aside'], rows),
    ...tables.flatMap((each) => why(each.table, each.reasons)),
    `products      ${told(products)}, ${grouped(products.setAside)} set aside`,
    `orders        ${told(orders)}, ${grouped(orders.setAside)} set aside`,
    ...why('orders', orders.reasons),
    `stock         generated for ${grouped(stock.generated)} products (${grouped(stock.hadStock)} had stock)`,
  ]
  if (mapping)
    lines.push(
      `mapping       ${Object.entries(mapping)
        .map(([rule, count]) => `${grouped(count)} by ${rule}`)
        .join(', ')}`,
    )
  return { json: summary, lines }
}

async function importWith({ json }: Common, run: (source: Source) => Promise<Told>): Promise<void> {
  // A platform that answers shoppers on the same machine goes first.
  setPriority(10)
  const environment = readEnvironment()
  const quiet = environment.LOG_LEVEL === 'info' ? 'warn' : environment.LOG_LEVEL
  const shop = await openShop({ ...environment, LOG_LEVEL: quiet })
  const progress = progressLine('import')
  const start = performance.now()
  try {
    const lake = await openSharedLake(shop.paths.lake, sharedFilesAddress(environment))
    const rejectedFile = join(shop.paths.rejected, `${new Date().toISOString().replaceAll(':', '-')}.jsonl`)
    const rejected = rejectedRows(rejectedFile)
    const told = await run({ lake, shop, rejected, rejectedFile, progress }).finally(() => lake.close())
    const asideFile = await rejected.finish()
    await untilLearned(shop, ({ behind }) => progress.report(`${grouped(behind)} orders left to learn from`))
    const index = await untilIndexed(shop, ({ behind }) => progress.report(`${grouped(behind)} changes left to index`))
    progress.done()
    const seconds = (performance.now() - start) / 1_000
    const lines = [
      ...told.lines,
      ...(asideFile === null ? [] : [`set aside     each with its line, field and reason: ${asideFile}`]),
      `searchable    ${grouped(index.documents)} products after ${seconds.toFixed(1)} s`,
    ]
    const summary = { ...told.json, rejectedFile: asideFile, seconds, searchable: index.documents }
    answer({ json: summary, text: lines.join('\n') }, json === true)
  } finally {
    progress.done()
    await shop.close()
  }
}
