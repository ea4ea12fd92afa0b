import type { QuerySlot, QueryStep } from '@eip/contracts'
import {
  addCorrections,
  expandSynonyms,
  readIntents,
  readSpelling,
  removeSpans,
  type SpanCorrection,
  type SpellingReading,
} from '@eip/engine-query-understanding'
import type { AnalyzedQuery, Analyzer } from '@eip/engine-text-analysis'
import type { Filter } from '@eip/product-index'
import { queryLanguages, type ShopLanguages } from '../domain/query-language.ts'
import { overlaps, replaceSpans, type Span } from '../domain/query-span.ts'
import type { SearchQuestion } from '../domain/search-question.ts'
import { type SlotEffects, slotEffects, type Wish } from '../domain/slot-effect.ts'
import type { CatalogueKnowledge } from './catalogue-knowledge.ts'

/** A query, as far as it was understood. */
export type UnderstoodQuery = Readonly<{
  languages: readonly string[]
  /** null: there are no words, or none that are not filters already. */
  query: AnalyzedQuery | null
  /** What is to be found by meaning: the text as it is taken to be meant, without what became a filter. */
  meaning: string
  /** What the query says for certain. */
  filters: readonly Filter[]
  wishes: readonly Wish[]
  slots: readonly QuerySlot[]
  didYouMean: string | null
  steps: readonly QueryStep[]
  /** Products whose words the reading stands on; null where it stands on none. */
  vocabulary: number | null
}>

type Needs = Readonly<{
  analyzer: Analyzer
  languages: ShopLanguages
  knowledge: Pick<CatalogueKnowledge, 'current'>
}>

/**
 * From this confidence on, a correction stands in for what was typed when the meaning is read; words that were only
 * written apart are read as they stand.
 */
const leastConfidence = 0.5

const nothing = {
  meaning: '',
  filters: [],
  wishes: [],
  slots: [],
  didYouMean: null,
  steps: [],
  vocabulary: null,
} as const

const noEffects: SlotEffects = { slots: [], filters: [], wishes: [], consumed: [] }
const nothingSpelled: SpellingReading = { corrections: [], didYouMean: null }

/** What was understood is no slip. A brand's name in the other script is no correction of it, but another name to find it by. */
const isUnderstood = (correction: SpanCorrection, slots: readonly QuerySlot[]): boolean =>
  slots.some(
    (slot) =>
      overlaps(slot, correction) &&
      !(slot.kind === 'brand' && correction.alternatives.every(({ how }) => how === 'transliteration')),
  )

/** Whether a corrected text left alone what was understood. */
const keeps = (corrected: string | null, understood: readonly SpanCorrection[]): boolean =>
  understood.every(({ surface }) => corrected?.includes(surface))

/** Reads a query by what the catalogue and the shop know at the moment. Well under a millisecond. */
export function understandQuery({ analyzer, languages: shop, knowledge }: Needs) {
  return ({ query: { text }, language, understands, filters: chosen }: SearchQuestion): UnderstoodQuery => {
    // No words at all is a question of its own: everything that the filters admit.
    if (text === '') return { ...nothing, languages: [], query: null }
    const languages = queryLanguages(text, language, shop)
    const analyzed = analyzer.analyzeQuery(text, { languages })
    if (!understands) return { ...nothing, languages, query: analyzed, meaning: text }
    const { intents, spelling, synonyms, products } = knowledge.current()
    const effects =
      intents === null ? noEffects : slotEffects(readIntents(text, intents, { languages }), chosen, intents)
    const { consumed } = effects
    const spelled = spelling === null ? nothingSpelled : readSpelling(text, spelling, { languages })
    const understood = spelled.corrections.filter((correction) => isUnderstood(correction, effects.slots))
    const corrections = spelled.corrections.filter((correction) => !understood.includes(correction))
    const corrected = addCorrections(removeSpans(analyzed, consumed), corrections, { analyzer, languages })
    const expanded = expandSynonyms(corrected, synonyms, { languages })
    // Who says nothing but a price wants to see all that it buys.
    const isAllConsumed = consumed.length > 0 && expanded.query.clauses.every(({ isStopWord }) => isStopWord)
    return {
      languages,
      vocabulary: products,
      query: isAllConsumed ? null : expanded.query,
      meaning: isAllConsumed ? '' : meaningOf(text, consumed, corrections),
      filters: effects.filters,
      wishes: effects.wishes,
      slots: effects.slots,
      didYouMean: keeps(spelled.didYouMean, understood) ? spelled.didYouMean : null,
      steps: [
        languageStep(text, languages, language !== undefined),
        ...effects.slots.map(intentStep),
        ...corrections.map(spellingStep),
        ...expanded.applied.map(synonymStep),
      ],
    }
  }
}

/**
 * What a query may have meant that found nothing: here even words that the catalogue has may be mistakes. null where
 * nothing better is known.
 */
export function readAgain({ knowledge }: Pick<Needs, 'knowledge'>, text: string, languages: readonly string[]) {
  const { spelling } = knowledge.current()
  return spelling === null ? null : readSpelling(text, spelling, { languages, evenKnown: true }).didYouMean
}

function meaningOf(text: string, consumed: readonly Span[], corrections: readonly SpanCorrection[]): string {
  const better = corrections.flatMap(({ start, end, alternatives: [best] }) =>
    best !== undefined && best.confidence >= leastConfidence && best.how !== 'joined'
      ? [{ start, end, by: best.text }]
      : [],
  )
  const without = consumed.map(({ start, end }) => ({ start, end, by: '' }))
  return replaceSpans(text, [...without, ...better])
}

const languageStep = (surface: string, languages: readonly string[], isGiven: boolean): QueryStep => ({
  step: 'language',
  surface,
  result: languages.join(', '),
  reason: `${isGiven ? 'given' : 'detected'}, then the shop's other languages`,
  cause: { code: 'language', isGiven },
})

const intentStep = ({ kind, surface, value, attribute, effect, reason }: QuerySlot): QueryStep => ({
  step: 'intent',
  surface,
  result: `${effect === 'none' ? 'no effect' : effect}: ${attribute ?? kind} ${value}`,
  reason,
  cause: { code: 'slot', kind, value, effect, ...(attribute !== undefined && { attribute }) },
})

const spellingStep = ({ surface, alternatives }: SpanCorrection): QueryStep => ({
  step: 'spelling',
  surface,
  result: alternatives.map(({ text }) => text).join(', '),
  reason: alternatives.map(({ how, confidence }) => `${how} (${confidence.toFixed(2)})`).join(', '),
  cause: { code: 'spelling', alternatives: alternatives.map(({ how, confidence }) => ({ how, confidence })) },
})

const synonymStep = ({
  rule,
  surface,
  added,
}: Readonly<{ rule: string; surface: string; added: readonly string[] }>): QueryStep => ({
  step: 'synonym',
  surface,
  result: added.join(', '),
  reason: `rule "${rule}"`,
  cause: { code: 'rule', rule },
})
