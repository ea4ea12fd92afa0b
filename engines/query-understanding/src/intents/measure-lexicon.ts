import type { CatalogueVocabulary } from '../vocabulary/catalogue-vocabulary.ts'
import { namesProducts } from './naming-attributes.ts'
import { type Quantity, quantitiesOf } from './quantity.ts'
import { queryTokens } from './query-token.ts'
import { type Dimension, inBaseUnit, type Unit, unitOf } from './unit-of-measure.ts'

/** An attribute whose values are measures of one dimension. */
export type MeasuredAttribute = Readonly<{
  name: string
  /** Folded words of the name. */
  words: ReadonlySet<string>
  count: number
  /** By amount in the dimension's base unit: the catalogue's writing that most products have. */
  values: ReadonlyMap<number, Readonly<{ value: string; count: number }>>
}>

export type MeasureLexicon = ReadonlyMap<Dimension, readonly MeasuredAttribute[]>

/** The measure with which a value begins: "300 L", "256 GB SSD". None of "140 x 200 cm" and "52–56 cm". */
export function measureOfValue(value: string): { amount: number; unit: Unit } | undefined {
  const [first, ...others] = quantitiesOf(queryTokens(value), false)
  if (first?.unit === undefined || first.first !== 0 || first.said !== 'plain' || others.length > 0) return undefined
  return { amount: amountOf(first), unit: first.unit }
}

const amountOf = ({ minimum, maximum }: Quantity): number => minimum ?? maximum ?? Number.NaN

const UNIT_IN_NAME = /[([]\s*([^)\]]+?)\s*[)\]]\s*$/
/** What shops leave out where the name says it: a diagonal of 17, a memory of 4. */
const IMPLIED: readonly (readonly [RegExp, string])[] = [
  [/\b(diagonal|screen size|display size)\b|화면/i, 'inch'],
  [/\b(memory|ram|storage|hdd capacity|ssd capacity)\b|메모리|저장/i, 'gb'],
]
const PLAIN_NUMBER = /^\d+(?:\.\d+)?$/

function unitOfName(name: string): Unit | undefined {
  const written = unitOf((UNIT_IN_NAME.exec(name)?.[1] ?? '').toLowerCase())
  if (written !== undefined) return written
  const implied = IMPLIED.find(([pattern]) => pattern.test(name))
  return implied === undefined ? undefined : unitOf(implied[1])
}

type Draft = { count: number; values: Map<number, { value: string; count: number }> }

/** The catalogue's measured attributes by dimension, those with most products first. O(values). */
export function* measureLexicon(vocabulary: CatalogueVocabulary): Generator<void, MeasureLexicon> {
  const byDimension = new Map<Dimension, MeasuredAttribute[]>()
  let steps = 0
  for (const { name, values } of vocabulary.attributes) {
    if (namesProducts(name)) continue
    const ofName = unitOfName(name)
    const drafts = new Map<Dimension, Draft>()
    for (const { value, count } of values) {
      if (++steps % 25 === 0) yield
      const isPlain = ofName !== undefined && PLAIN_NUMBER.test(value)
      const measure = isPlain ? { amount: Number(value), unit: ofName } : measureOfValue(value)
      if (measure === undefined) continue
      const draft = drafts.get(measure.unit.dimension) ?? { count: 0, values: new Map() }
      drafts.set(measure.unit.dimension, draft)
      draft.count += count
      const base = inBaseUnit(measure.amount, measure.unit)
      if ((draft.values.get(base)?.count ?? 0) < count) draft.values.set(base, { value, count })
    }
    const words = new Set(queryTokens(name).map(({ text }) => text))
    for (const [dimension, draft] of drafts)
      byDimension.set(dimension, [...(byDimension.get(dimension) ?? []), { name, words, ...draft }])
  }
  for (const attributes of byDimension.values()) attributes.sort((a, b) => b.count - a.count)
  return byDimension
}
