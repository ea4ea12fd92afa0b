import type { SynonymRule } from '@eip/contracts'
import { timeSlice } from '@eip/database'
import {
  buildIntentLexicon,
  buildSpelling,
  buildSuggestions,
  type CompiledSynonyms,
  compileSynonyms,
  type IntentLexicon,
  type Spelling,
  type Suggestions,
} from '@eip/engine-query-understanding'
import type { Analyzer } from '@eip/engine-text-analysis'
import type { Clock } from '@eip/kernel'
import type { ProductIndexReader } from '@eip/product-index'
import type { Logger } from '@eip/telemetry'
import type { QueryCounts } from '../ports/query-counts.port.ts'

/** What reading a query stands on; null until it was built for the first time. */
export type Knowledge = Readonly<{
  intents: IntentLexicon | null
  spelling: Spelling | null
  suggestions: Suggestions | null
  synonyms: CompiledSynonyms
  /** Products whose words this stands on. */
  products: number | null
}>

/** What the catalogue talks of and what its shoppers ask, kept up with the serving view. */
export type CatalogueKnowledge = Readonly<{
  current(): Knowledge
  setSynonyms(rules: readonly SynonymRule[]): void
  /** Builds everything from the view as it now is. Two who ask at once get one building. */
  refresh(): Promise<void>
  start(): void
  stop(): Promise<void>
}>

type Needs = Readonly<{
  index: Pick<ProductIndexReader, 'vocabulary' | 'statistics'>
  queryCounts: Pick<QueryCounts, 'popular'>
  analyzer: Analyzer
  clock: Clock
  logger: Logger
}>

/** How often it is looked whether the catalogue has changed. */
const lookMs = 1_000
/** A catalogue that keeps changing, by less than this share, can wait … */
const muchChange = 0.05
/** … for this long; one that has come to rest is read at once, if the last reading is so long ago. */
const staleAfterMs = 60_000
const restedAfterMs = 5_000
/** What shoppers ask changes even where the catalogue does not. */
const renewedAfterMs = 600_000
/** Queries that suggestions are made of. */
const mostQueries = 20_000
/** The longest that building holds this thread at a time. */
const sliceMs = 1

/** Runs a building in slices: what answers queries must not wait for it. */
async function inSlices<T>(building: Generator<void, T>): Promise<T> {
  const slice = timeSlice(sliceMs)
  for (;;) {
    const step = building.next()
    if (step.done) return step.value
    await slice.pause()
  }
}

export function catalogueKnowledge({ index, queryCounts, analyzer, clock, logger }: Needs): CatalogueKnowledge {
  let knowledge: Knowledge = {
    intents: null,
    spelling: null,
    suggestions: null,
    synonyms: compileSynonyms([], analyzer),
    products: null,
  }
  let lastEpoch = -1
  let built = { epoch: -1, documents: 0, at: Number.NEGATIVE_INFINITY }
  let building: Promise<void> | null = null
  let looking: NodeJS.Timeout | undefined

  const build = async () => {
    const { epoch, documents } = index.statistics()
    const vocabulary = await index.vocabulary()
    const queries = await queryCounts.popular(mostQueries)
    const intents = await inSlices(buildIntentLexicon(vocabulary))
    const spelling = await inSlices(buildSpelling(vocabulary))
    const suggestions = await inSlices(buildSuggestions({ vocabulary, queries }))
    knowledge = Object.freeze({ ...knowledge, intents, spelling, suggestions, products: vocabulary.products })
    built = { epoch, documents, at: clock.now() }
  }
  const refresh = () => {
    building ??= build().finally(() => {
      building = null
    })
    return building
  }
  const look = () => {
    const { epoch, documents } = index.statistics()
    const isResting = epoch === lastEpoch
    lastEpoch = epoch
    if (building !== null) return
    const isMuch = Math.abs(documents - built.documents) > muchChange * built.documents
    const ageMs = clock.now() - built.at
    const isStale = isMuch || ageMs >= (isResting ? restedAfterMs : staleAfterMs)
    if (epoch === built.epoch ? ageMs < renewedAfterMs : !isStale) return
    refresh().catch((error) => {
      built = { ...built, at: clock.now() }
      logger.error({ err: error }, 'the words of the catalogue could not be read: queries are read by those of before')
    })
  }

  return Object.freeze({
    current: () => knowledge,
    setSynonyms(rules: readonly SynonymRule[]) {
      knowledge = Object.freeze({ ...knowledge, synonyms: compileSynonyms(rules, analyzer) })
    },
    refresh,
    start() {
      looking = setInterval(look, lookMs).unref()
    },
    async stop() {
      clearInterval(looking)
      await building?.catch(() => {})
    },
  })
}
