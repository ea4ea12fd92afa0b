import type { CountedProduct } from '../annotated-queries/market-products.ts'
import { marketProducts } from '../annotated-queries/market-products.ts'
import { vocabularyOf } from '../annotated-queries/vocabulary-of.ts'
import { buildIntentLexicon, type IntentLexicon } from './intent-lexicon.ts'

export function lexiconOf(products: Iterable<CountedProduct>): IntentLexicon {
  const steps = buildIntentLexicon(vocabularyOf(products))
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** Tests of the reading itself look at the marketplace of the annotated queries: it has two languages and two currencies. */
export const marketLexicon = (): IntentLexicon => lexiconOf(marketProducts())

export const product = (title: string, details: Partial<CountedProduct> = {}): CountedProduct => ({
  title,
  brand: null,
  category: [],
  attributes: {},
  currency: 'USD',
  ...details,
})
