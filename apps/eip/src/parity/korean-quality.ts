import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Judgments, mean, ndcg, recall, reciprocalRank } from '@eip/engine-ranking'
import { createAnalyzer } from '@eip/engine-text-analysis'
import { convertKoreanNames, type KnownItemKind, parseJudgments } from '@eip/pipeline-relevance-sets'
import { catalogueOf } from '../evaluation/bench-catalogue.ts'
import { inTurns } from './compare-models.ts'
import { type ClusterOptions, type TwoEngines, twoEngines } from './two-engines.ts'

const kinds = ['as written', 'spacing', 'typo', 'brand'] as const
type QueryKind = (typeof kinds)[number]
type KoreanModel = 'own analysis' | 'nori, title' | 'nori, title and brand'
type KoreanFigures = Readonly<{ queries: number; 'ndcg@10': number; 'recall@10': number; mrr: number }>

export type KoreanQuality = Readonly<{
  products: number
  models: Readonly<Record<KoreanModel, KoreanFigures & Readonly<{ kinds: Readonly<Record<QueryKind, KoreanFigures>> }>>>
}>

const listLength = 10

export const koreanFile = (data: string): string => join(data, 'korean-names/musinsa_ranking_20230110.csv.gz')

type Options = Readonly<{ input: string; scratch: string; cluster: ClusterOptions; queries: number }>
type Search = (text: string) => Promise<readonly string[]>
/** Queries with the products that each asks for. */
type Known = ReadonlyMap<string, Judgments>

/** How well known items are found by our own analysis and by the cluster's Korean one, over the same products. */
export async function koreanQuality(
  { input, scratch, cluster, queries: most }: Options,
  onProgress: (what: string, share?: number) => void = () => {},
): Promise<KoreanQuality> {
  const summary = await convertKoreanNames({ input, out: join(scratch, 'known-items'), most })
  const { products } = await catalogueOf({ count: 0, input: summary.productsFile, judgments: undefined })
  await using engines = await twoEngines(cluster, { products, vectors: null }, (share) => onProgress('products', share))
  const judged = (kind: KnownItemKind) => grouping(readFileSync(summary.queries[kind].judgmentsFile, 'utf8'))
  const titles = new Map(products.map(({ id, title }) => [id, title]))
  const [spacing, typo, brand] = [judged('spacing'), judged('typo'), judged('brand')]
  const asked: Readonly<Record<QueryKind, Known>> = { 'as written': asWritten(spacing, titles), spacing, typo, brand }
  const measured = async (model: KoreanModel, search: Search) => {
    onProgress(model)
    const found = {} as Record<QueryKind, readonly Found[]>
    for (const kind of kinds) found[kind] = await searchAll(search, asked[kind])
    const figures = Object.fromEntries(kinds.map((kind) => [kind, figuresOf(found[kind])]))
    return { ...figuresOf(Object.values(found).flat()), kinds: figures as Record<QueryKind, KoreanFigures> }
  }
  const { native, cluster: nori } = engines
  return {
    products: products.length,
    models: {
      'own analysis': await measured('own analysis', byOwnAnalysis(native)),
      'nori, title': await measured('nori, title', (text) => nori.korean(text, ['title'], listLength)),
      'nori, title and brand': await measured('nori, title and brand', (text) =>
        nori.korean(text, ['title', 'brand'], listLength),
      ),
    },
  }
}

function byOwnAnalysis(native: TwoEngines['native']): Search {
  const analyzer = createAnalyzer()
  return async (text) => {
    const query = analyzer.analyzeQuery(text, { languages: ['ko', 'en'] })
    const { ids } = await native.retrieve({
      ...{ query, vector: null, minimumMatches: 1, filters: [], wishes: [], facets: [], columns: [] },
      ...{ order: 'score', limit: listLength },
    })
    return ids
  }
}

type Found = Omit<KoreanFigures, 'queries'>

async function searchAll(search: Search, known: Known): Promise<readonly Found[]> {
  const found: Found[] = []
  await inTurns([...known], 4, async ([query, judged]) => {
    const list = await search(query)
    const grades = list.map((id) => judged.get(id) ?? 0)
    found.push({
      'ndcg@10': ndcg(grades, [...judged.values()], listLength) ?? 0,
      'recall@10': recall(list, judged) ?? 0,
      mrr: reciprocalRank(list, judged),
    })
  })
  return found
}

const figuresOf = (found: readonly Found[]): KoreanFigures => ({
  queries: found.length,
  'ndcg@10': mean(found.map((each) => each['ndcg@10'])),
  'recall@10': mean(found.map((each) => each['recall@10'])),
  mrr: mean(found.map(({ mrr }) => mrr)),
})

function grouping(csv: string): Known {
  const byQuery = new Map<string, Map<string, number>>()
  for (const { query, productId, grade } of parseJudgments(csv))
    byQuery.set(query, (byQuery.get(query) ?? new Map<string, number>()).set(productId, grade))
  return byQuery
}

/** The same items, asked for by the title of their first product. */
const asWritten = (known: Known, titles: ReadonlyMap<string, string>): Known =>
  new Map([...known.values()].map((judged) => [titles.get([...judged.keys()][0]!)!, judged]))
