import { setImmediate } from 'node:timers/promises'
import { categoryPathSeparator } from '@eip/contracts'
import { type CatalogueVocabulary, countTitleWords, vocabularyLimits } from '@eip/engine-query-understanding'
import type { StoredProduct } from '../product-index.port.ts'
import {
  type Ask,
  attributeNames,
  type Buckets,
  commonAttributeFacets,
  mostFrequent,
} from './opensearch.attribute-facets.ts'
import { sampleRange } from './opensearch.documents.ts'
import { valuesOf } from './opensearch.facets.ts'
import { admitting } from './opensearch.filters.ts'
import { titlesBody } from './opensearch.queries.ts'
import type { View } from './opensearch.views.ts'

/** Titles that are read. Of more products, a share is, and counts are multiplied: enough for all but the rarest words. */
const mostTitles = 200_000
/** Titles that are fetched at once, and counted between two turns of the event loop. */
const page = 2_000
const step = 64

/** What the catalogue talks of, counted by the cluster over its active products; only titles are read, page by page. */
export async function makeVocabulary(view: View): Promise<CatalogueVocabulary> {
  const query = { bool: { filter: admitting([]) } }
  const ask: Ask = async (aggs) => (await view.search({ query, size: 0, aggs })).aggregations!
  const { brands, currencies, categories, names } = await ask({
    brands: mostFrequent('keywords.brand', vocabularyLimits.brands),
    currencies: mostFrequent('keywords.currency', vocabularyLimits.brands),
    categories: mostFrequent('tags.category', vocabularyLimits.categories),
    names: attributeNames(),
  })
  const wanted = { limit: vocabularyLimits.valuesOfAttribute, commonest: vocabularyLimits.attributes }
  const attributes = await commonAttributeFacets(names as Buckets, ask, wanted)
  return Object.freeze({
    products: view.statistics.documents,
    brands: valuesOf(brands as Buckets, vocabularyLimits.brands),
    categories: valuesOf(categories as Buckets, vocabularyLimits.categories).map(({ value, count }) => ({
      path: value.split(categoryPathSeparator),
      count,
    })),
    attributes: attributes.flatMap((each) =>
      each.kind === 'values' ? [{ name: each.name.slice('attributes.'.length), values: each.values }] : [],
    ),
    ...(await titleWords(view)),
    currencies: valuesOf(currencies as Buckets, vocabularyLimits.brands),
  })
}

type TitleWords = ReturnType<ReturnType<typeof countTitleWords>['result']>

async function titleWords(view: View): Promise<TitleWords> {
  const share = Math.min(1, mostTitles / Math.max(1, view.statistics.documents))
  const counter = countTitleWords()
  for (let after: string | null = null; ; ) {
    const { hits } = await view.search(titlesBody(Math.ceil(share * sampleRange), page, after))
    for (const [at, { _source }] of hits.hits.entries()) {
      const { title, brand } = _source!.shown as StoredProduct
      counter.add(title, brand)
      if (at % step === 0) await setImmediate()
    }
    const last = hits.hits.at(-1)
    if (last === undefined || hits.hits.length < page) return multiplied(counter.result(), 1 / share)
    after = String(last.sort![0])
  }
}

function multiplied(words: TitleWords, by: number): TitleWords {
  if (by === 1) return words
  const scaled = <Entry extends Readonly<{ count: number }>>(entries: readonly Entry[]): Entry[] =>
    entries.map((entry) => ({ ...entry, count: Math.round(entry.count * by) }))
  return {
    ...words,
    words: scaled(words.words),
    phrases: scaled(words.phrases),
    ...(words.scriptPairs && { scriptPairs: scaled(words.scriptPairs) }),
  }
}
