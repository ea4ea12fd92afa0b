import type { SearchContract, Suggestion } from '@eip/contracts'
import type { Suggestion as Completion } from '@eip/engine-query-understanding'
import type { Analyzer } from '@eip/engine-text-analysis'
import type { ProductIndexReader } from '@eip/product-index'
import type { Call, Handlers, ParsedInputOf } from '@eip/rpc'
import { queryLanguages, type ShopLanguages } from '../domain/query-language.ts'
import { queryTextOf } from '../domain/query-text.ts'
import type { CatalogueKnowledge } from './catalogue-knowledge.ts'
import type { SearchMetrics } from './search-metrics.ts'
import { requireTime } from './time-left.ts'

type Needs = Readonly<{
  index: ProductIndexReader
  analyzer: Analyzer
  languages: ShopLanguages
  knowledge: Pick<CatalogueKnowledge, 'current'>
  metrics: SearchMetrics
}>

/** A shopper who knows what to buy is led straight to it; the others see words first. */
const mostProducts = 3

type Input = ParsedInputOf<SearchContract['suggest']>

/** How a typed beginning may go on: popular queries, the catalogue's own terms, brands and categories, then products. */
export function suggestCompletions(needs: Needs): Handlers<SearchContract>['suggest'] {
  const { knowledge, languages: shop, metrics } = needs
  const productsOf = suggestProducts(needs)
  return async ({ prefix, size, language }: Input, call: Call) => {
    const { text, isTruncated } = queryTextOf(prefix)
    const { suggestions } = knowledge.current()
    if (suggestions === null) metrics.degraded('suggestions', 'starting')
    const degraded = suggestions === null ? [{ part: 'suggestions', reason: 'starting' }] : []
    // What is longer than any query completes nothing.
    if (text === '' || isTruncated) return { suggestions: [], degraded }
    const languages = queryLanguages(text, language, shop)
    // A space behind a word says that the word is whole.
    const typed = /\s$/u.test(prefix) ? `${text} ` : text
    const terms = suggestions?.suggest(typed, { limit: size, languages }) ?? []
    requireTime(call)
    const products = await productsOf(text, terms[0]?.text, languages, Math.min(mostProducts, size))
    const shown: Suggestion[] = terms.slice(0, Math.max(1, size - products.length)).map(suggestionOf)
    return { suggestions: [...shown, ...products].slice(0, size), degraded }
  }
}

function suggestionOf({ kind, text, path, count, matched }: Completion): Suggestion {
  const where: [number, number] = [matched[0], matched[1]]
  if (kind === 'category') return { kind, text, matched: where, path: [...(path ?? [])], products: count }
  return kind === 'brand' ? { kind, text, matched: where, products: count } : { kind, text, matched: where }
}

/** The products that the best completion finds, or what was typed itself finds. */
function suggestProducts({ index, analyzer }: Needs) {
  const find = async (text: string, languages: readonly string[], limit: number) => {
    const query = analyzer.analyzeQuery(text, { languages })
    const words = query.clauses.filter(({ isStopWord }) => !isStopWord).length
    const asked = { query, vector: null, minimumMatches: words, filters: [], wishes: [], facets: [], columns: [] }
    return (await index.retrieve({ ...asked, order: 'score', limit })).ids
  }
  return async (typed: string, completion: string | undefined, languages: readonly string[], limit: number) => {
    const byTyped = await find(typed, languages, limit)
    const ids = byTyped.length > 0 || completion === undefined ? byTyped : await find(completion, languages, limit)
    const products = await index.show(ids)
    return products.map(({ id, title, image, price }): Suggestion => {
      const matched = matchedIn(title, typed)
      return { kind: 'product', id, text: title, image, price, matched }
    })
  }
}

/** Where the typed text begins a word of the title, or else stands in it. */
function matchedIn(title: string, typed: string): [start: number, end: number] {
  const [lowTitle, lowTyped] = [title.toLowerCase(), typed.toLowerCase()]
  // Some letters have no small one of the same length ("İ"): what is behind them would be shown in the wrong place.
  if (lowTitle.length !== title.length || lowTyped.length !== typed.length) return [0, 0]
  const first = lowTitle.indexOf(lowTyped)
  let at = first
  while (at > 0 && /[\p{L}\p{N}]/u.test(lowTitle[at - 1]!)) at = lowTitle.indexOf(lowTyped, at + 1)
  const start = at < 0 ? first : at
  return start < 0 ? [0, 0] : [start, start + typed.length]
}
