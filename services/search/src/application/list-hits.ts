import { type QueryStep, type SearchMode, type SearchOutput, searchLimits } from '@eip/contracts'
import type { VectorWeight } from '@eip/engine-fusion'
import { type Policy, policyName, relevancePolicy } from '@eip/engine-ranking'
import { ANALYSIS_VERSION, type Analyzer } from '@eip/engine-text-analysis'
import { type Clock, newId } from '@eip/kernel'
import type { Filter, ProductIndexReader, VectorQuery } from '@eip/product-index'
import type { Call } from '@eip/rpc'
import { facetsByName } from '../domain/facet-name.ts'
import { hidingFilters } from '../domain/fulfilment.ts'
import type { ShopLanguages } from '../domain/query-language.ts'
import { querySignals } from '../domain/query-signals.ts'
import type { SearchQuestion } from '../domain/search-question.ts'
import { encodingBudgetMs, isAffordable } from '../domain/time-budget.ts'
import { type KeptResult, keepIds } from '../ports/kept-results.port.ts'
import type { CatalogueKnowledge } from './catalogue-knowledge.ts'
import { encodeQuery, isLoss } from './encode-query.ts'
import type { Regions } from './follow-regions.ts'
import { type Ranked, rankHits } from './rank-hits.ts'
import { type Retrieved, retrieveHits } from './retrieve-hits.ts'
import type { SearchMetrics } from './search-metrics.ts'
import type { LoadedEncoder, ServingEncoder } from './serving-encoder.ts'
import { requireTime } from './time-left.ts'
import { readAgain, type UnderstoodQuery, understandQuery } from './understand-query.ts'

export type ListNeeds = Readonly<{
  index: ProductIndexReader
  analyzer: Analyzer
  knowledge: CatalogueKnowledge
  encoder: ServingEncoder
  regions: Pick<Regions, 'bitOf'>
  languages: ShopLanguages
  clock: Clock
  metrics: SearchMetrics
}>

/** What a list is made by: the policy of `mode: ranked`, and what reads the query (null: its words alone count). */
export type ListedBy = Readonly<{ policy: Policy; encoder: LoadedEncoder | null }>

/** The products nearest in meaning that join those that the words find. */
const nearest = 100

/** `lost`: why a vector is missing that should be there; `isUnread`: the encoder does not know the query's language. */
type Meaning = Readonly<{
  vector: VectorQuery | null
  floorAlone: number
  kind: 'catalogue' | 'transformer' | null
  lost: string | null
  isUnread: boolean
}>

const wordsOnly: Meaning = { vector: null, floorAlone: 0, kind: null, lost: null, isUnread: false }

/** Understands, encodes, retrieves (facets too, where time allows) and ranks. */
export const listHits = (needs: ListNeeds) => {
  const { metrics, clock } = needs
  const understand = understandQuery(needs)
  const meaningOf = readMeaning(needs)
  const retrieve = retrieveHits(needs)
  return async (question: SearchQuestion, call: Call, by: ListedBy): Promise<KeptResult> => {
    const understood = await metrics.stage('analyse', () => understand(question))
    const read = await meaningOf(question, understood, call, by.encoder)
    const facets = isAffordable('facets', call.remainingMs()) ? question.facets : new Map()
    const { query, filters } = understood
    const wishes = understood.wishes.map(({ filter }) => filter)
    const { vector, floorAlone } = read
    const policy = question.mode === 'ranked' ? by.policy : relevancePolicy
    const region = needs.regions.bitOf(question.region)
    const guards = hidingFilters(policy, region)
    const wanted = { query, vector, floorAlone, filters, wishes, guards, facets: [...facets.values()] }
    const retrieved = await metrics.stage('retrieve', () => retrieve(question, wanted, () => requireTime(call)))
    const meaning = read.vector !== null && retrieved.vector === null ? { ...wordsOnly, lost: 'encoder' } : read
    requireTime(call)
    const rankedAt = clock.now()
    const ranked = await metrics.stage('rank', () =>
      rankHits(retrieved.retrieval, {
        policy,
        sort: question.sort,
        encoder: meaning.kind,
        signals: querySignals(query, understood.slots),
        wishes: understood.wishes,
        isVectorOnly: question.mode === 'vector',
        region,
        now: rankedAt,
        limit: searchLimits.reachableHits,
      }),
    )
    const isAsked = query !== null && (question.mode !== 'vector' || meaning.vector === null)
    const isMissed = isAsked && retrieved.retrieval.totalByWords === 0 && question.understands
    const didYouMean =
      understood.didYouMean ?? (isMissed ? readAgain(needs, question.query.text, understood.languages) : null)
    const asked = { question, understood: { ...understood, didYouMean }, meaning, policy, guards, rankedAt }
    const counted = facetsByName([...facets.keys()], retrieved.retrieval.facets)
    return Object.freeze({ ...resultOf(asked, retrieved, ranked), facets: counted })
  }
}

const usesVectors = (mode: SearchMode): boolean => mode !== 'bm25'

/** The query's vector, if it is asked for and there in time. */
function readMeaning({ encoder, metrics }: ListNeeds) {
  const encode = encodeQuery({ serving: encoder, metrics })
  return async (
    { mode }: SearchQuestion,
    { meaning, languages }: UnderstoodQuery,
    call: Call,
    loaded: LoadedEncoder | null,
  ): Promise<Meaning> => {
    if (!usesVectors(mode) || meaning === '') return wordsOnly
    const budgetMs = encodingBudgetMs(call.remainingMs())
    const asked = { loaded, text: meaning, language: languages[0]!, budgetMs }
    const encoded = await metrics.stage('encode', () => encode(asked))
    if (encoded.outcome === 'none') {
      const { reason } = encoded
      return { ...wordsOnly, lost: isLoss(reason) ? reason : null, isUnread: reason === 'language' }
    }
    const isAlone = mode === 'vector'
    const vector = {
      encoder: encoded.encoder,
      values: encoded.values,
      nearest: isAlone ? searchLimits.reachableHits : nearest,
      floor: isAlone ? -1 : encoded.floor.beside,
    }
    return { vector, floorAlone: isAlone ? -1 : encoded.floor.alone, kind: encoded.kind, lost: null, isUnread: false }
  }
}

type Asked = Readonly<{
  question: SearchQuestion
  understood: UnderstoodQuery
  meaning: Meaning
  policy: Policy
  guards: readonly Filter[]
  rankedAt: number
}>

function resultOf(asked: Asked, { attempt, retrieval }: Retrieved, ranked: Ranked): Omit<KeptResult, 'facets'> {
  const { question, understood, meaning, policy, guards, rankedAt } = asked
  const { fusion, guarded, ...list } = ranked
  const { atp = null, leadTimeDays = null } = retrieval.columns
  return {
    ...list,
    fulfilments: { guarded, atp, leadTimeDays },
    requestId: newId(rankedAt),
    identity: question.identity,
    query: shownQuery(question, understood),
    steps: [...understood.steps, ...fusionSteps(understood.meaning, meaning.isUnread ? unread : fusion)],
    analyzed: understood.query,
    vector: meaning.vector,
    vectorsLost: meaning.lost,
    minimumMatches: attempt.minimumMatches,
    filters: [...attempt.filters, ...guards],
    relaxed: attempt.relaxed,
    total: retrieval.total,
    ids: keepIds(Array.from(ranked.ranks, (candidate) => retrieval.ids[candidate]!)),
    textScores: retrieval.textScores,
    bestText: retrieval.textScores.reduce((best, score) => Math.max(best, score), 0),
    vectorScores: retrieval.vectorScores,
    wishes: retrieval.wishes,
    wishSlots: understood.wishes.map(({ slot }) => slot),
    policy,
    rankedAt,
    versions: {
      index: retrieval.statistics.generation,
      analysis: ANALYSIS_VERSION,
      policy: policyName(policy),
      encoder: meaning.vector?.encoder ?? null,
      vocabulary: understood.vocabulary,
    },
  }
}

const shownQuery = ({ query }: SearchQuestion, understood: UnderstoodQuery): SearchOutput['query'] => ({
  text: query.text,
  languages: [...understood.languages],
  terms: [...new Set(understood.query?.clauses.flatMap(({ terms }) => terms.map(({ term }) => term)))],
  isTruncated: query.isTruncated || understood.query?.isTruncated === true,
  slots: [...understood.slots],
  didYouMean: understood.didYouMean,
})

const percent = (share: number): string => `${Math.round(share * 100)} %`

type Weighed = Omit<VectorWeight, 'signals'> &
  Readonly<{ signals: Extract<QueryStep['cause'], { code: 'weights' }>['signals'] }>

const unread: Weighed = {
  weight: 0,
  reasons: ['the encoder does not know this language'],
  signals: [{ signal: 'unknownLanguage', change: 0 }],
}

const fusionSteps = (surface: string, fusion: VectorWeight | Weighed | null): QueryStep[] => {
  if (fusion === null) return []
  const { weight, reasons, signals } = fusion
  const result = `words ${percent(1 - weight)}, meaning ${percent(weight)}`
  const cause: QueryStep['cause'] = { code: 'weights', meaning: weight, signals: signals.map((each) => ({ ...each })) }
  return [{ step: 'fusion', surface, result, reason: reasons.join('; '), cause }]
}
