import type { CatalogueVocabulary } from '../vocabulary/catalogue-vocabulary.ts'
import { isColourAttribute } from './colour-values.ts'
import { addEntry, type EntryTable, type LexiconEntry } from './lexicon-entry.ts'
import { measureOfValue } from './measure-lexicon.ts'
import { namesProducts } from './naming-attributes.ts'
import { keyOf, type QueryToken, queryTokens } from './query-token.ts'
import { isFunctionWord, isVague } from './query-words.ts'
import { isSizeAttribute } from './size-values.ts'
import type { StemKeys } from './stem-keys.ts'
import type { WordEvidence } from './word-evidence.ts'

const LONGEST_VALUE = 4
const FEWEST_PRODUCTS = 3
const LEAST_SHARE = 0.3
/** A value that several attributes have is the one's that has most of it, if that is clear enough. */
const LEAST_LEAD = 0.5

type Value = Readonly<{ attribute: string; value: string; count: number; tokens: readonly QueryToken[] }>

/** Words that describe ("cotton", "stainless steel", "Bluetooth 5.3"); measures, sizes and colours have their own tables. */
export function* addAttributeValues(
  table: EntryTable,
  vocabulary: CatalogueVocabulary,
  evidence: WordEvidence,
  stems: StemKeys,
): Generator<void, void> {
  const byKey = new Map<string, Value[]>()
  let steps = 0
  for (const attribute of vocabulary.attributes) {
    if (namesProducts(attribute.name) || isColourAttribute(attribute) || isSizeAttribute(attribute.name)) continue
    for (const { value, count } of attribute.values) {
      if (++steps % 50 === 0) yield
      const tokens = queryTokens(value).filter(({ kind }) => kind !== 'sign')
      if (count < FEWEST_PRODUCTS || !isDescription(value, tokens)) continue
      const key = keyOf(tokens)
      byKey.set(key, [...(byKey.get(key) ?? []), { attribute: attribute.name, value, count, tokens }])
    }
  }
  for (const [key, values] of byKey) {
    if (++steps % 20 === 0) yield
    const entry = valueEntry(values, evidence)
    if (entry === undefined) continue
    addEntry(table, key, entry)
    for (const stem of stems.ofText(entry.value))
      addEntry(table, stem, { ...entry, writing: key, confidence: entry.confidence * 0.97 })
  }
}

function isDescription(value: string, tokens: readonly QueryToken[]): boolean {
  const key = keyOf(tokens)
  if (tokens.length === 0 || tokens.length > LONGEST_VALUE || key.length < 2 || /[;,]/.test(value)) return false
  if (!tokens.some(({ kind }) => kind !== 'number') || isVague(key) || isFunctionWord(key)) return false
  if (tokens.length === 1 && tokens[0]?.kind === 'word' && key.length < 3) return false
  return measureOfValue(value) === undefined
}

function valueEntry(values: readonly Value[], evidence: WordEvidence): LexiconEntry | undefined {
  const [best] = [...values].sort((a, b) => b.count - a.count) as [Value]
  const total = values.reduce((sum, { count }) => sum + count, 0)
  const lead = best.count / total
  const used = evidence.count(best.tokens.map(({ text }) => text))
  const share = used === 0 ? 1 : Math.min(1, total / used)
  if (lead < LEAST_LEAD || share < LEAST_SHARE) return undefined
  return {
    kind: 'attribute',
    attribute: best.attribute,
    value: best.value,
    count: best.count,
    confidence: (0.5 + 0.4 * share) * (0.5 + 0.5 * lead),
    reason: `${best.attribute} of ${best.count} products`,
  }
}
