import type { Random } from '@eip/kernel'
import type { TermBags } from './term-bags.ts'
import { stemWeight } from './term-weight.ts'
import type { TrainingProduct, TrainingSet } from './training-set.ts'

const mostWords = 4
/** Of the product's text: enough to know it by, few enough to be quick. */
const termsRead = 60
const chances = Object.freeze({
  /** The shopper writes another form of the word: only its stem stays. */
  otherForm: 0.15,
  /** The product does not have the shopper's word: others must tell that it is meant. */
  missing: 0.5,
  /** Words of more than a tenth of the products, which shoppers leave out. */
  keepCommon: 0.5,
})

/**
 * Makes a shopper's query of a product, and what the product would be without some of the query's words:
 *
 * ```
 *   "Delta Vero 1-Handle Shower Faucet in Chrome"
 *       query    shower faucet           one to four words of title, brand and category
 *       product  delta vero 1 handle faucet faucet~en in chrome          "shower" left out
 * ```
 */
export function simulateQuery(
  product: TrainingProduct,
  { frequency, products }: TrainingSet,
  random: Random,
  queries: TermBags,
  texts: TermBags,
): void {
  const { naming, words } = product
  const wordCount = words.length - 1
  const wanted = 1 + random.integer(mostWords)
  const chosen = new Set<number>()
  const missing = new Set<number>()
  for (let attempt = 0; attempt < wanted * 3 && chosen.size < wanted && wordCount > 0; attempt++) {
    const word = random.integer(wordCount)
    const isCommon = frequency[naming[words[word]!]!]! * 10 > products.length
    if (isCommon && random.next() >= chances.keepCommon) continue
    chosen.add(word)
  }
  for (const word of chosen) {
    const [from, to] = [words[word]!, words[word + 1]!]
    const isOtherForm = to - from > 1 && random.next() < chances.otherForm
    for (let at = isOtherForm ? from + 1 : from; at < to; at++) queries.add(naming[at]!, at === from ? 1 : stemWeight)
    if (random.next() < chances.missing) for (let at = from; at < to; at++) missing.add(naming[at]!)
  }
  const share = Math.min(1, termsRead / product.terms.length)
  for (let at = 0; at < product.terms.length; at++) {
    const term = product.terms[at]!
    if (missing.has(term) || (share < 1 && random.next() >= share)) continue
    texts.add(term, product.weights[at]!)
  }
  queries.close()
  texts.close()
}
