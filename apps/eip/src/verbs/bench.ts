import { benchRanking } from '@eip/engine-ranking/bench'
import { createAnalyzer } from '@eip/engine-text-analysis'
import { benchTextAnalysis } from '@eip/engine-text-analysis/bench'
import { createIndexWriter } from '@eip/engine-text-index'
import { benchTextIndex } from '@eip/engine-text-index/bench'
import { eventBusBench } from '@eip/event-bus/bench'
import { analysedCatalogue, benchProductIndex } from '@eip/product-index/bench'
import { benchCalls } from '@eip/rpc/bench'
import { readEnvironment } from '../environment.ts'
import type { BenchCase, BenchCases } from '../evaluation/bench-case.ts'
import { type BenchCatalogue, catalogueOf } from '../evaluation/bench-catalogue.ts'
import { benchMachine } from '../evaluation/bench-machine.ts'
import { encoderDirectory, largeCases, vectorCases } from '../evaluation/bench-vectors.ts'
import { type BesideOptions, measureBesideOpenSearch, mostWithVectors } from '../evaluation/beside-opensearch.ts'
import { besideText } from '../evaluation/beside-report.ts'
import { answer, grouped, table, writeLine } from '../output.ts'
import type { Verb } from '../program.ts'
import { wholeNumber } from '../whole-number.ts'
import { addDeliveriesBench } from './bench-deliveries.ts'
import { addInventoryBench } from './bench-inventory.ts'
import { addPlatformBenches } from './bench-platform.ts'

type SearchOptions = Readonly<{
  products: number
  input?: string
  judgments?: string
  /** `default`, or a model folder. */
  encoder: string
  large: number
  json?: true
}>

const asJson = ['--json', 'print the figures as one JSON object, the last line of standard output'] as const

/** What others were measured to take on two virtual cores, for orientation: a comparison counts when both ran in one run. */
const peers = {
  'BM25 top-10, 19k products': 'p50: tantivy 0.03 ms, bm25s 0.5 ms, OpenSearch 4.5 ms over HTTP; aim 0.1 ms',
  'index title, description, brand, 19k products': 'tantivy 0.23 s, bm25s 1.4 s, OpenSearch 5.7 s; aim 1 s',
  'search by words, default facets and explanations': 'aim p95 3 ms',
  'hybrid, vector remembered, default facets and explanations': 'aim p95 5 ms',
  'hybrid, query encoded by a transformer': 'aim p95 15 ms',
  '10 nearest of 50,000 × 384':
    'p50: hnswlib 0.09 ms, usearch f16 0.16–0.26; aim 0.3 ms; recall@10 ≥ .99 under every filter',
} as const

export const bench: Verb = (program) => {
  const parent = program.command('bench').description('Measure speed on this machine.')
  parent
    .command('search')
    .description('Analysis, index, vectors, ranking and the whole search service, in this process.')
    .option('--products <N>', 'how many products of the demo shop', wholeNumber(1, 50_000), 20_000)
    .option('--input <FILE>', 'products in our own shape instead, JSON lines, plain or gzip')
    .option('--judgments <FILE>', 'CSV whose column query holds the queries; without it, words of titles')
    .option('--encoder <ENCODER>', 'default: trained on these products; or a model folder (ONNX)', 'default')
    .option(
      '--large <N>',
      'how many generated products and vectors besides; 0: none',
      wholeNumber(0, 1_000_000),
      200_000,
    )
    .option(...asJson)
    .action(searchBench)
  parent
    .command('events')
    .description('The embedded event bus on this disk: durable appends, reading, and both at once.')
    .option(...asJson)
    .action(async ({ json }: { json?: true }) => tell(await eventBusBench(), '', json))
  parent
    .command('calls')
    .description('A call of a neighbour, in process and over loopback.')
    .option(...asJson)
    .action(async ({ json }: { json?: true }) => tell(await benchCalls(), '', json))
  besideCommand(parent)
  addPlatformBenches(parent)
  addInventoryBench(parent)
  addDeliveriesBench(parent)
}

/** What `--json` prints; docs/measurements/beside-opensearch.md says more. */
const besideKeys = `
Stands on the cluster that OPENSEARCH_URL names: one shard, no replica, one segment, everything removed at the end.

Keys of --json:
  machine, load [before, after], versions { opensearch, lucene }, products, queries, rounds
  cases       "SIDE, WHAT": { p50_ms, p95_ms, p99_ms, per_second }, or { seconds } of what is done once;
              SIDE is native or opensearch
  ratios      WHAT: { per_second, target }; so many times as many a second does the native side; target or null
  agreement   CASE: { overlap@10, nearest_overlap@10, same_totals, same_facets }, shares of 1
  memory      native { rss_mb, index_mb }, opensearch { heap_used_mb, heap_max_mb, store_mb }
  segments    native, opensearch`

function besideCommand(parent: ReturnType<Parameters<Verb>[0]['command']>): void {
  parent
    .command('beside-opensearch')
    .description('The native product index and OpenSearch, by turns: same machine, same products, same questions.')
    .option(
      '--products <N>',
      `how many; beyond ${mostWithVectors} generated ones, words only`,
      wholeNumber(1, 5_000_000),
      20_000,
    )
    .option('--queries <N>', 'how many questions a round has', wholeNumber(1, 10_000), 100)
    .option('--rounds <N>', 'how often each side is asked all of them', wholeNumber(1, 100), 3)
    .option('--input <FILE>', 'products in our own shape instead, JSON lines, plain or gzip')
    .option('--judgments <FILE>', 'CSV whose column query holds the queries; without it, words of titles')
    .option(...asJson)
    .addHelpText('after', besideKeys)
    .action(async ({ json, ...options }: BesideOptions & { json?: true }) => {
      const start = performance.now()
      const tellProgress = (what: string) => writeLine(`${grouped((performance.now() - start) / 1_000)} s  ${what}`)
      const report = await measureBesideOpenSearch(options, readEnvironment(), tellProgress)
      answer({ json: report, text: `\n${besideText(report)}` }, json === true)
    })
}

async function searchBench({ products, input, judgments, encoder, large, json }: SearchOptions): Promise<void> {
  const catalogue = await catalogueOf({ count: products, input, judgments })
  writeLine(
    `${grouped(catalogue.products.length)} products, ${grouped(catalogue.queries.length)} queries; this takes some minutes`,
  )
  const cases: Record<string, BenchCase> = { ...engineCases(catalogue), ...(await benchRanking()) }
  writeLine('engines done')
  const { apply, ...retrieval } = await benchProductIndex(catalogue.products, catalogue.queries)
  const rss_mb = Math.round(process.memoryUsage().rss / 2 ** 20)
  cases['apply to the serving view'] = {
    p50_ms: apply.seconds * 1_000,
    per_second: Math.round(apply.per_second),
    rss_mb,
  }
  for (const [name, each] of Object.entries(retrieval)) cases[`serving view, ${name}`] = each
  writeLine('serving view done')
  await using directory = await encoderDirectory(encoder, catalogue.products, writeLine)
  Object.assign(cases, directory.cases, await vectorCases(catalogue, directory.path, writeLine))
  if (large > 0) Object.assign(cases, await largeCases(large, writeLine))
  const lines = Object.entries(peers).map(([what, figures]) => `  ${what}: ${figures}`)
  tell(cases, `\nPeers, measured on other machines of this size:\n${lines.join('\n')}`, json)
}

/** One thread, no service: text to terms, terms to an index, queries to the ten best. */
function engineCases({ products, queries, languages }: BenchCatalogue): BenchCases {
  const texts = products.flatMap(({ title, description, brand, language }) =>
    [title, description, brand ?? ''].map((text) => ({ text, language: language ?? languages[0] })),
  )
  const analysis = benchTextAnalysis({ texts, queries, languages })
  const analyzer = createAnalyzer()
  const start = performance.now()
  const { schema, documents } = analysedCatalogue(products, analyzer)
  const analysed = performance.now() - start
  const clauses = queries.map((query) => analyzer.analyzeQuery(query, { languages }).clauses.slice(0, 32))
  const index = benchTextIndex({
    schema,
    documents,
    queries: clauses.filter((each) => each.length > 0),
    facets: [
      { kind: 'keyword', column: 'brand', limit: 10 },
      { kind: 'tag', set: 'category', limit: 50 },
      { kind: 'ranges', column: 'price', edges: [10, 20, 50, 100, 200, 500, 1_000] },
      { kind: 'ranges', column: 'rating', edges: [1, 2, 3, 4] },
    ],
    filters: [{ kind: 'range', column: 'price', minimum: 20, maximum: 200 }],
  })
  const asPeers = threeFields(products)
  const perSecond = (milliseconds: number) => Math.round((products.length * 1_000) / milliseconds)
  return {
    ...Object.fromEntries(Object.entries(analysis).map(([name, each]) => [`analyse ${name}`, each])),
    'analyse all products': { p50_ms: analysed, per_second: perSecond(analysed) },
    'index all analysed products': { p50_ms: index.index_ms, per_second: perSecond(index.index_ms) },
    'index title, description, brand': { p50_ms: asPeers, per_second: perSecond(asPeers) },
    ...Object.fromEntries(Object.entries(index.cases).map(([name, each]) => [`BM25 ${name}`, each])),
  }
}

/** What the peers were measured with: three fields and nothing else, text to a searchable index, in milliseconds. */
function threeFields(products: BenchCatalogue['products']): number {
  const fields = ['title', 'description', 'brand'] as const
  const schema = { fields: fields.map((name) => ({ name, weight: 1 })), numbers: [], keywords: [], tags: [] }
  const stored = new Uint8Array(0)
  const start = performance.now()
  const analyzer = createAnalyzer()
  const writer = createIndexWriter(schema)
  for (const product of products) {
    const terms = fields.map((field) => analyzer.analyzeText(product[field] ?? '', product.language ?? 'en'))
    writer.add({ id: product.id, terms, stored })
  }
  writer.commit()
  return performance.now() - start
}

const shown = (value: number | undefined, digits: number) => (value === undefined ? '' : value.toFixed(digits))

function tell(cases: BenchCases, note: string, json: true | undefined): void {
  const machine = benchMachine()
  const rows = Object.entries(cases).map(([name, { p50_ms, p95_ms, p99_ms, per_second, recall, rss_mb }]) => {
    const digits = (p50_ms ?? 0) >= 100 ? 0 : 3
    return [
      name,
      shown(p50_ms, digits),
      shown(p95_ms, digits),
      shown(p99_ms, digits),
      per_second === undefined ? '' : grouped(per_second),
      shown(recall, 4),
      shown(rss_mb, 0),
    ]
  })
  const text = `${machine}\n\n${table(['case', 'p50 ms', 'p95 ms', 'p99 ms', 'per second', 'recall@10', 'RSS MB'], rows)}\n${note}`
  answer({ json: { machine, cases }, text }, json === true)
}
