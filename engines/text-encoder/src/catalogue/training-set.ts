import { type Analyzer, createAnalyzer } from '@eip/engine-text-analysis'
import { analyzeFields, type FieldTexts, fieldWeights, namingFields, termWeights } from './product-terms.ts'
import { inverseFrequency } from './term-weight.ts'

/** A product as it is learned from: its terms with their weights, and the words that queries are made of. */
export type TrainingProduct = Readonly<{
  /** Ascending. */
  terms: Int32Array
  /** As `termWeights` says, without the terms' rarity. */
  weights: Float32Array
  /** Terms of title, brand and category: `words[i]` to `words[i + 1]` are one word's, the word before its stem. */
  naming: Int32Array
  words: Int32Array
}>

export type TrainingSet = Readonly<{
  /** The most frequent first, else in the order of their code units; a position here is a term's number everywhere else. */
  terms: readonly string[]
  /** So many of them are of two products or more: those that can tell of another. */
  repeated: number
  /** Of each term, as `inverseFrequency` says. */
  rarity: Float32Array
  /** Products that have the term. */
  frequency: Int32Array
  averageLengths: readonly number[]
  /** Languages of a hundredth of the products or more. */
  languages: readonly string[]
  products: readonly TrainingProduct[]
}>

type Analysed = Readonly<{ fields: readonly Int32Array[] }>

/** Analyses a sample and numbers its terms. Linear in the texts. */
export function createTrainingSet(
  sample: readonly FieldTexts[],
  { mostTerms, look }: { mostTerms: number; look: (share: number) => void },
): TrainingSet {
  const analyzer = createAnalyzer()
  const numbers = new Map<string, number>()
  const analysed = sample.map((product, at) => {
    if (at % 500 === 0) look(at / sample.length)
    return { fields: numbered(analyzer, product, numbers) }
  })
  const averageLengths = fieldWeights.map((_, field) => averageLength(analysed, field))
  const names = [...numbers.keys()]
  const kept = frequentTerms(names, frequencies(analysed, numbers.size), mostTerms)
  const isStem = names.map((term) => term.includes('~'))
  return Object.freeze({
    terms: kept.terms,
    repeated: kept.frequency.filter((count) => count > 1).length,
    rarity: Float32Array.from(kept.frequency, (count) => inverseFrequency(count, sample.length)),
    frequency: kept.frequency,
    averageLengths,
    languages: frequentLanguages(sample),
    products: analysed.map(({ fields }) => trainingProduct(fields, averageLengths, kept.numbers, isStem)),
  })
}

function numbered(analyzer: Analyzer, product: FieldTexts, numbers: Map<string, number>): Int32Array[] {
  return analyzeFields(analyzer, product).map((terms) =>
    Int32Array.from(terms, (term) => {
      const known = numbers.get(term)
      if (known !== undefined) return known
      numbers.set(term, numbers.size)
      return numbers.size - 1
    }),
  )
}

function averageLength(products: readonly Analysed[], field: number): number {
  const lengths = products.map(({ fields }) => fields[field]?.length ?? 0).filter((length) => length > 0)
  return lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length)
}

function frequencies(products: readonly Analysed[], terms: number): Int32Array {
  const counts = new Int32Array(terms)
  const lastProduct = new Int32Array(terms).fill(-1)
  for (const [at, { fields }] of products.entries()) {
    for (const field of fields) {
      for (const term of field) {
        if (lastProduct[term] === at) continue
        lastProduct[term] = at
        counts[term] = (counts[term] ?? 0) + 1
      }
    }
  }
  return counts
}

/** `numbers`: from the number at reading to the number kept, or -1. */
function frequentTerms(names: readonly string[], counts: Int32Array, most: number) {
  const count = (term: number) => counts[term] ?? 0
  const nameOf = (term: number) => names[term] as string
  const byName = (a: number, b: number) => (nameOf(a) < nameOf(b) ? -1 : 1)
  const order = names
    .map((_, term) => term)
    .sort((a, b) => count(b) - count(a) || byName(a, b))
    .slice(0, most)
  const numbers = new Int32Array(names.length).fill(-1)
  for (const [at, term] of order.entries()) numbers[term] = at
  return { terms: order.map(nameOf), frequency: Int32Array.from(order, count), numbers }
}

function frequentLanguages(sample: readonly FieldTexts[]): string[] {
  const counts = new Map<string, number>()
  for (const { language } of sample) counts.set(language, (counts.get(language) ?? 0) + 1)
  const isFrequent = ([language, count]: [string, number]) => language !== 'und' && count * 100 >= sample.length
  return [...counts]
    .filter(isFrequent)
    .map(([language]) => language)
    .sort()
}

function trainingProduct(
  fields: readonly Int32Array[],
  averageLengths: readonly number[],
  numbers: Int32Array,
  isStem: readonly boolean[],
): TrainingProduct {
  const known = fields.map((field) => [...field].map((term) => numbers[term] ?? -1))
  const weights = [...termWeights(known, averageLengths)].filter(([term]) => term >= 0).sort(([a], [b]) => a - b)
  const naming: number[] = []
  const words: number[] = []
  for (const field of fields.slice(0, namingFields)) {
    for (const read of field) {
      // A stem follows its word.
      const isNewWord = !isStem[read] && words.at(-1) !== naming.length
      if (isNewWord || words.length === 0) words.push(naming.length)
      const term = numbers[read] ?? -1
      if (term >= 0) naming.push(term)
    }
  }
  if (words.at(-1) === naming.length) words.pop()
  return {
    terms: Int32Array.from(weights, ([term]) => term),
    weights: Float32Array.from(weights, ([, weight]) => weight),
    naming: Int32Array.from(naming),
    words: Int32Array.from([...words, naming.length]),
  }
}
