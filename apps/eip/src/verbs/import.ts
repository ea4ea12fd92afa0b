import { setPriority } from 'node:os'
import { join } from 'node:path'
import type { Lake } from '@eip/lake'
import { importAmazon } from '@eip/pipeline-amazon'
import { type ImportProgress, type ImportSummary, importProducts, parseFieldMapping } from '@eip/pipeline-products'
import type { Command } from 'commander'
import { sharedFilesAddress } from '../backends/files.ts'
import { readEnvironment } from '../environment.ts'
import { openSharedLake } from '../imports/shared-lake.ts'
import { answer, grouped } from '../output.ts'
import type { Verb } from '../program.ts'
import { type Progress, progressLine, rate } from '../progress.ts'
import { type IndexState, openShop, type Shop, untilIndexed } from '../shop.ts'
import { importHistory } from './import-history.ts'

type Common = Readonly<{ json?: true; currency?: string; language?: string }>
type ProductOptions = Common & Readonly<{ map: string[]; ignore: string[]; categorySeparator?: string }>
type Source = Readonly<{ lake: Lake; shop: Shop; rejectedFile: string; onProgress(progress: ImportProgress): void }>

const collect = (value: string, all: string[]) => [...all, value]

const withCommonOptions = (command: Command) =>
  command
    .option('--currency <CODE>', 'currency of rows that name none (ISO 4217)')
    .option('--language <CODE>', 'language of rows that name none (ISO 639)')
    .option('--json', 'print the summary as one JSON object, the last line of standard output')

export const importData: Verb = (program) => {
  const parent = program.command('import').description('Bring data in. The same file again changes nothing.')
  withCommonOptions(parent.command('products'))
    .description('Products in our own shape, JSON lines, plain or gzip (see pipelines/products/README.md).')
    .argument('<file>', 'FILE.jsonl or FILE.jsonl.gz')
    .option('--map <FIELD=SOURCE>', 'take a field of ours from a field of the file; may be repeated', collect, [])
    .option(
      '--ignore <FIELD>',
      'leave out a field of the file, or * for all unknown ones; may be repeated',
      collect,
      [],
    )
    .option('--category-separator <TEXT>', 'what stands between the names of a category path (default " > ")')
    .addHelpText(
      'after',
      '\nExample:\n  npx eip import products shop.jsonl.gz --map title=name --map attributes.colour=color --currency EUR',
    )
    .action(importOwnShape)
  withCommonOptions(parent.command('amazon'))
    .description("Amazon's published metadata and reviews, as of 2014, 2018 or 2023, JSON lines, plain or gzip.")
    .argument('<meta>', 'the file of products')
    .argument(
      '[reviews]',
      'the file of reviews; ratings and their counts become columns, the most helpful words are searched',
    )
    .action(importAmazonShape)
  importHistory(parent)
}

const importOwnShape = (file: string, options: ProductOptions) =>
  importInto(options, async (source) => {
    const { currency, language, categorySeparator } = options
    const defaults = given({ currency, language, categorySeparator })
    const mapping = parseFieldMapping(options.map, options.ignore)
    return importProducts({ ...withLoad(source), file, mapping, defaults })
  })

const importAmazonShape = (meta: string, reviews: string | undefined, options: Common) =>
  importInto(options, (source) => {
    const { currency, language } = options
    return importAmazon({ ...withLoad(source), meta, ...given({ reviews, currency, language }) })
  })

const withLoad = ({ lake, shop, rejectedFile, onProgress }: Source) => ({
  lake,
  load: shop.load,
  rejectedFile,
  onProgress,
})

/** Only what was given: an absent option is absent, not undefined. */
const given = <T extends object>(options: T) =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: NonNullable<T[Key]>
  }

async function importInto({ json }: Common, run: (source: Source) => Promise<ImportSummary>): Promise<void> {
  // A platform that answers shoppers on the same machine goes first.
  setPriority(10)
  const environment = readEnvironment()
  const shop = await openShop({
    ...environment,
    LOG_LEVEL: environment.LOG_LEVEL === 'info' ? 'warn' : environment.LOG_LEVEL,
  })
  const progress = progressLine('import')
  const start = performance.now()
  try {
    const lake = await openSharedLake(shop.paths.lake, sharedFilesAddress(environment))
    const rejectedFile = join(shop.paths.rejected, `${new Date().toISOString().replaceAll(':', '-')}.jsonl`)
    const summary = await run({ lake, shop, rejectedFile, onProgress: (each) => show(progress, each, start) }).finally(
      () => lake.close(),
    )
    const index = await untilIndexed(shop, ({ behind }) => progress.report(`${grouped(behind)} products left to index`))
    progress.done()
    const seconds = (performance.now() - start) / 1_000
    answer(
      { json: { ...summary, seconds, searchable: index.documents }, text: describe(summary, index, seconds) },
      json === true,
    )
    if (summary.fault) process.exitCode = 1
  } finally {
    progress.done()
    await shop.close()
  }
}

function show(progress: Progress, now: ImportProgress, start: number): void {
  const seconds = (performance.now() - start) / 1_000
  if (now.phase === 'hashing') progress.report('looking at the file', now.bytesRead / Math.max(1, now.bytesTotal))
  else if (now.phase === 'reading')
    progress.report(`reading ${rate(now.rows, 'rows', seconds)}`, now.bytesRead / Math.max(1, now.bytesTotal))
  else progress.report(`loading ${rate(now.rows, 'products', seconds)}`, now.rows / Math.max(1, now.rowsTotal))
}

function describe(summary: ImportSummary, index: IndexState, seconds: number): string {
  const { read, kept, created, updated, unchanged, duplicates, setAside, repaired, rejectedFile, fault } = summary
  const lines = [
    `rows read     ${grouped(read)}`,
    `  kept        ${grouped(kept)}  (${grouped(created)} new, ${grouped(updated)} changed, ${grouped(unchanged)} as they were)`,
    `  duplicates  ${grouped(duplicates)}  (a later row with the same id was taken)`,
    `  set aside   ${grouped(setAside)}${rejectedFile ? `  (each with its line and reason: ${rejectedFile})` : ''}`,
    ...Object.entries(repaired).map(([what, count]) => `  mended      ${grouped(count)}  ${what}`),
    `searchable    ${grouped(index.documents)} products after ${seconds.toFixed(1)} s (${grouped(read / seconds)} rows/s)`,
  ]
  if (index.parked > 0) lines.push(`warning: ${index.parked} events could not be indexed; see the log`)
  if (fault) lines.push(`error: ${fault.reason}; what stood before is in`)
  return lines.join('\n')
}
