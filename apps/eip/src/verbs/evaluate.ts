import { createHash } from 'node:crypto'
import { createReadStream, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { type SearchMode, searchContract, searchModes } from '@eip/contracts'
import type { Judgments } from '@eip/engine-ranking'
import { failures } from '@eip/kernel'
import { type Judgment, parseJudgments } from '@eip/pipeline-relevance-sets'
import { Option } from 'commander'
import { readEnvironment } from '../environment.ts'
import { evaluateSearch, modelName, type SearchEvaluation, type SearchModel } from '../evaluation/evaluate-search.ts'
import { evaluateUnderstanding } from '../evaluation/evaluate-understanding.ts'
import { describe, protocol, tellAll } from '../evaluation/search-report.ts'
import { fill, serve } from '../evaluation/shop-under-test.ts'
import { answer, grouped } from '../output.ts'
import type { Verb } from '../program.ts'
import { progressLine } from '../progress.ts'
import { type OwnShop, openOwnShop } from '../shop.ts'

const failure = failures({
  'evaluate.nothing-judged': {
    kind: 'invalid',
    cure: 'Give judgments whose product_id are ids of the products, with at least one grade above 0.',
  },
})

type Options = Readonly<{
  products: string
  judgments: string
  mode: SearchMode | 'all'
  understanding: 'on' | 'off' | 'both'
  /** `default`, `none`, or a model folder. */
  encoder: string
  json?: true
}>

export const evaluate: Verb = (program) => {
  const parent = program.command('evaluate').description('Measure quality on judged data.')
  parent
    .command('search')
    .description('Relevance of search: nDCG, MRR and recall over judged queries, in a temporary data directory.')
    .requiredOption('--products <FILE>', 'products in our own shape, JSON lines, plain or gzip')
    .requiredOption('--judgments <FILE>', 'CSV with the columns query, product_id and grade')
    .addOption(
      new Option('--mode <MODE>', 'words alone, meaning alone, both, both by the ranking policy, or each of them')
        .choices([...searchModes, 'all'])
        .default('all'),
    )
    .addOption(
      new Option('--understanding <STATE>', 'read wishes, spelling and synonyms out of the queries')
        .choices(['on', 'off', 'both'])
        .default('both'),
    )
    .option(
      '--encoder <ENCODER>',
      'default: trained on these products; a model folder (ONNX); or none: words only',
      'default',
    )
    .option('--json', 'print the figures as one JSON object, the last line of standard output')
    .action(run)
  parent
    .command('understanding')
    .description('Slots read in annotated queries (English, Korean, Portuguese): precision, recall and F1.')
    .option('--json', 'print the figures as one JSON object, the last line of standard output')
    .action(({ json }: { json?: true }) => answer(evaluateUnderstanding(), json === true))
}

async function run(options: Options): Promise<void> {
  const { products, judgments: judgmentsFile, json } = options
  const judged = parseJudgments(readFileSync(judgmentsFile, 'utf8'))
  const directory = await mkdtemp(join(tmpdir(), 'eip-evaluate-'))
  try {
    const shop = await openOwnShop({
      ...readEnvironment(),
      EIP_DATA_DIR: directory,
      ENCODER: 'manual',
      LOG_LEVEL: 'warn',
      ADMIN_BUDGET_MS: 60_000,
    })
    try {
      const documents = await fill(shop, products)
      const encoder = usesVectors(options) ? await serve(shop, options.encoder) : null
      const models = await measureAll(shop, grouping(judged), modelsOf(options))
      if (Object.values(models).every(({ figures }) => figures.queries === 0))
        throw failure('evaluate.nothing-judged', `no judged query has a relevant product (${judgmentsFile})`)
      const data = {
        products: { file: products, sha256: await hashOf(products), documents },
        judgments: { file: judgmentsFile, sha256: await hashOf(judgmentsFile), judgments: judged.length },
        encoder: encoder?.id ?? null,
      }
      const versions = { node: process.version, threads: 1 }
      const told = tellAll(models, encoder?.kind ?? null)
      answer({ json: { data, protocol, versions, models: told }, text: describe(told) }, json === true)
    } finally {
      await shop.close()
    }
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

const usesVectors = ({ mode, encoder }: Options): boolean => mode !== 'bm25' && encoder !== 'none'

function modelsOf({ mode, understanding, encoder }: Options): readonly SearchModel[] {
  const asked = mode === 'all' ? searchModes : [mode]
  const modes = encoder === 'none' ? asked.filter((each) => each === 'bm25' || each === 'ranked') : asked
  const plain = modes.map((each) => ({ mode: each, understand: false }))
  const understood = modes.filter((each) => each !== 'vector').map((each) => ({ mode: each, understand: true }))
  return [...(understanding === 'on' ? [] : plain), ...(understanding === 'off' ? [] : understood)]
}

async function measureAll(
  shop: OwnShop,
  judgments: ReadonlyMap<string, Judgments>,
  models: readonly SearchModel[],
): Promise<Readonly<Record<string, SearchEvaluation>>> {
  const evaluations: Record<string, SearchEvaluation> = {}
  for (const model of models) evaluations[modelName(model)] = await measure(shop, judgments, model)
  return evaluations
}

async function measure(
  shop: OwnShop,
  judgments: ReadonlyMap<string, Judgments>,
  model: SearchModel,
): Promise<SearchEvaluation> {
  const progress = progressLine(modelName(model))
  const onProgress = (done: number, total: number) =>
    progress.report(`${grouped(done)} of ${grouped(total)} queries`, done / total)
  const evaluation = await evaluateSearch({ search: shop.client(searchContract), judgments, model, onProgress })
  progress.done()
  return evaluation
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
