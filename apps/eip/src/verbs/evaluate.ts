import { createHash } from 'node:crypto'
import { createReadStream, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { searchContract } from '@eip/contracts'
import { failures } from '@eip/kernel'
import { openLake } from '@eip/lake'
import { importProducts } from '@eip/pipeline-products'
import { type Judgment, parseJudgments } from '@eip/pipeline-relevance-sets'
import { Option } from 'commander'
import { readEnvironment } from '../environment.ts'
import { evaluateSearch, type SearchFigures, type SearchMode } from '../evaluation/evaluate-search.ts'
import type { Judgments } from '../evaluation/ranking-metrics.ts'
import { answer, grouped, table, writeLine } from '../output.ts'
import type { Verb } from '../program.ts'
import { progressLine } from '../progress.ts'
import { type OwnShop, openOwnShop, untilIndexed } from '../shop.ts'

const failure = failures({
  'evaluate.nothing-judged': {
    kind: 'invalid',
    cure: 'Give judgments whose product_id are ids of the products, with at least one grade above 0.',
  },
})

type Options = Readonly<{ products: string; judgments: string; mode: SearchMode | 'all'; json?: true }>

const protocol =
  'ndcg@10: judged products only, ordered by their scores, those without one last, ties by SHA-1 of the id; gain 2^grade-1; ' +
  'queries with two different grades or more. ndcg@10_catalogue: first ten of the whole catalogue, unjudged = 0; ' +
  'mrr, recall@100: the same list, relevant = grade above 0. Times: one page of a hundred, in process.'

export const evaluate: Verb = (program) => {
  const parent = program.command('evaluate').description('Measure quality on judged data.')
  parent
    .command('search')
    .description('Relevance of search: nDCG, MRR and recall over judged queries, in a temporary data directory.')
    .requiredOption('--products <FILE>', 'products in our own shape, JSON lines, plain or gzip')
    .requiredOption('--judgments <FILE>', 'CSV with the columns query, product_id and grade')
    .addOption(
      new Option('--mode <MODE>', 'text alone, the ranking policy, or both')
        .choices(['bm25', 'ranked', 'all'])
        .default('all'),
    )
    .option('--json', 'print the figures as one JSON object, the last line of standard output')
    .action(run)
}

async function run({ products, judgments: judgmentsFile, mode, json }: Options): Promise<void> {
  const judged = parseJudgments(readFileSync(judgmentsFile, 'utf8'))
  const directory = await mkdtemp(join(tmpdir(), 'eip-evaluate-'))
  try {
    const shop = await openOwnShop({
      ...readEnvironment(),
      EIP_DATA_DIR: directory,
      LOG_LEVEL: 'warn',
      ADMIN_BUDGET_MS: 60_000,
    })
    try {
      const documents = await fill(shop, products)
      const judgments = grouping(judged)
      const modes: readonly SearchMode[] = mode === 'all' ? ['bm25', 'ranked'] : [mode]
      const models: Record<string, SearchFigures> = {}
      for (const each of modes) models[each] = await measure(shop, judgments, each)
      if (Object.values(models).every(({ queries }) => queries === 0))
        throw failure('evaluate.nothing-judged', `no judged query has a relevant product (${judgmentsFile})`)
      const data = {
        products: { file: products, sha256: await hashOf(products), documents },
        judgments: { file: judgmentsFile, sha256: await hashOf(judgmentsFile), judgments: judged.length },
      }
      const versions = { node: process.version, threads: 1 }
      answer({ json: { data, protocol, versions, models }, text: describe(models) }, json === true)
    } finally {
      await shop.close()
    }
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

async function fill(shop: OwnShop, file: string): Promise<number> {
  const progress = progressLine('import')
  const lake = await openLake(shop.paths.lake)
  const onProgress = ({ phase, ...now }: { phase: string; rows?: number }) =>
    progress.report(`${phase} ${grouped(now.rows ?? 0)} rows`)
  const summary = await importProducts({ file, lake, load: shop.load, onProgress }).finally(() => lake.close())
  const { documents } = await untilIndexed(shop, ({ behind }) =>
    progress.report(`${grouped(behind)} products left to index`),
  )
  progress.done()
  writeLine(`${grouped(documents)} products, ${grouped(summary.setAside)} rows set aside`)
  return documents
}

async function measure(
  shop: OwnShop,
  judgments: ReadonlyMap<string, Judgments>,
  mode: SearchMode,
): Promise<SearchFigures> {
  const progress = progressLine(mode)
  const onProgress = (done: number, total: number) =>
    progress.report(`${grouped(done)} of ${grouped(total)} queries`, done / total)
  const figures = await evaluateSearch({ search: shop.client(searchContract), judgments, mode, onProgress })
  progress.done()
  return figures
}

function grouping(judged: readonly Judgment[]): ReadonlyMap<string, Judgments> {
  const byQuery = new Map<string, Map<string, number>>()
  for (const { query, productId, grade } of judged) {
    const grades = byQuery.get(query) ?? new Map<string, number>()
    byQuery.set(query, grades.set(productId, grade))
  }
  return byQuery
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

function describe(models: Readonly<Record<string, SearchFigures>>): string {
  const rows = Object.entries(models).map(([mode, figures]) => [
    mode,
    figures['ndcg@10'].toFixed(4),
    figures['ndcg@10_catalogue'].toFixed(4),
    figures.mrr.toFixed(4),
    figures['recall@100'].toFixed(4),
    figures.p50_ms.toFixed(2),
    figures.p95_ms.toFixed(2),
    grouped(figures.informative_queries),
    grouped(figures.queries),
  ])
  const header = [
    'mode',
    'nDCG@10',
    'nDCG@10 catalogue',
    'MRR',
    'recall@100',
    'p50 ms',
    'p95 ms',
    'judged queries',
    'queries',
  ]
  return `${table(header, rows)}\n\n${protocol}`
}
