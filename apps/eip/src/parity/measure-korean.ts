import { existsSync } from 'node:fs'
import { failures } from '@eip/kernel'
import { type Answer, grouped, table } from '../output.ts'
import { progressLine } from '../progress.ts'
import { type KoreanQuality, koreanFile, koreanQuality } from './korean-quality.ts'
import { describeCluster, measuringPlace, placeLine } from './measuring-place.ts'
import type { ClusterOptions } from './two-engines.ts'

const failure = failures({
  'parity.no-nori': { kind: 'unavailable', cure: 'Install the plugin analysis-nori on every node of the cluster.' },
  'parity.no-korean-names': { kind: 'invalid', cure: 'Let --data name the folder in which korean-names lies.' },
})

const protocol =
  'Queries for known items among Korean names (npx eip convert korean-names): as written in the catalogue, without spaces, ' +
  'with a slip of the keyboard, with the brand in Latin letters; products of the item are relevant, all others are not; ' +
  'first ten of the whole catalogue. Own analysis: words alone at the port, any word suffices, without understanding. ' +
  'nori: a match query on readable.title.korean, or on that and readable.brand.korean (most_fields), any word suffices.'

type Options = Readonly<{ cluster: ClusterOptions; data: string; scratch: string; queries: number }>

/** How our analysis finds known Korean items, and how the cluster's Korean analyser does. */
export async function measureKorean({ data, ...options }: Options): Promise<Answer> {
  const input = koreanFile(data)
  if (!existsSync(input)) throw failure('parity.no-korean-names', `there is no "${input}"`)
  const described = await describeCluster(options.cluster)
  if (!described.hasNori)
    throw failure('parity.no-nori', 'the cluster of OPENSEARCH_URL lacks the plugin analysis-nori')
  const progress = progressLine('korean-names')
  const quality = await koreanQuality({ ...options, input }, progress.report)
  progress.done()
  const place = measuringPlace(described)
  const json = { ...place, protocol, data: { products: quality.products }, models: quality.models }
  return { json, text: [placeLine(place), describe(quality), protocol].join('\n\n') }
}

function describe({ models }: KoreanQuality): string {
  const header = ['queries', 'searched by', 'number', 'nDCG@10', 'recall@10', 'MRR']
  const ways = Object.entries(models)
  const kinds = Object.keys(models['own analysis'].kinds) as (keyof (typeof models)['own analysis']['kinds'])[]
  const row = (kind: string, way: string, figures: KoreanQuality['models']['own analysis']['kinds']['typo']) => [
    kind,
    way,
    grouped(figures.queries),
    ...[figures['ndcg@10'], figures['recall@10'], figures.mrr].map((figure) => figure.toFixed(4)),
  ]
  return table(header, [
    ...kinds.flatMap((kind) => ways.map(([way, model]) => row(kind, way, model.kinds[kind]))),
    ...ways.map(([way, model]) => row('all', way, model)),
  ])
}
