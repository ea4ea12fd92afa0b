import { categoryPathSeparator } from '@eip/contracts'
import { type CatalogueVocabulary, countTitleWords, vocabularyLimits } from '@eip/engine-query-understanding'
import type { GroupFacet, IndexView } from '@eip/engine-text-index'
import { attributeSet } from '../product-document.ts'
import { type StoredProduct, tellsTooMuch } from '../product-index.port.ts'

/** Titles that are read. Of more products, every n-th is, and counts are multiplied: enough for all but the rarest words. */
const mostTitles = 200_000
/** Products and titles between two yields. */
const step = 64

type Counted = Readonly<{ text: string; count: number }>

/**
 * What the catalogue talks of, counted over the products of one commit. Yields after every fraction of a millisecond,
 * but for one step: picking the most frequent of all attribute values, O(distinct values).
 */
export function* makeVocabulary(view: IndexView): Generator<void, CatalogueVocabulary> {
  const facets = (['brand', 'currency'] as const).map((column) => ({
    ...{ kind: 'keyword' as const, column, limit: vocabularyLimits.brands },
  }))
  const { facets: counted, groupFacets } = yield* view.facetsOfAll(
    [...facets, { kind: 'tag', set: 'category', limit: vocabularyLimits.categories }],
    [
      {
        set: attributeSet,
        limit: vocabularyLimits.valuesOfAttribute,
        commonest: vocabularyLimits.attributes,
        admits: ({ distinct, tags }) => !tellsTooMuch(distinct, tags),
      },
    ],
  )
  const [brands, currencies, categories] = counted.map(valuesOf)
  yield
  const { words, phrases, scriptPairs } = yield* titleWords(view)
  return Object.freeze({
    products: view.statistics().documents,
    brands: brands!,
    categories: categories!.map(({ value, count }) => ({ path: value.split(categoryPathSeparator), count })),
    attributes: groupFacets[0]!.map((group) => ({ name: group.name, values: valuesOf(group) })),
    words,
    phrases,
    currencies: currencies!,
    ...(scriptPairs && { scriptPairs }),
  })
}

const valuesOf = (answer: object): { value: string; count: number }[] => {
  const { values, counts } = answer as Pick<GroupFacet, 'values' | 'counts'>
  return values.map((value, at) => ({ value, count: counts[at]! }))
}

function* titleWords(view: IndexView): Generator<void, ReturnType<ReturnType<typeof countTitleWords>['result']>> {
  const refs = view.admitted([], Number.MAX_SAFE_INTEGER)!
  const every = Math.max(1, refs.length / mostTitles)
  const counter = countTitleWords()
  let read = 0
  for (let at = 0; at < refs.length; at += every) {
    const ref = refs[Math.floor(at)]!
    const { title, brand } = JSON.parse(view.stored(ref).toString('utf8')) as StoredProduct
    counter.add(title, brand)
    if (read++ % step === 0) yield
  }
  const found = counter.result()
  if (every === 1) return found
  const scaled = <Entry extends Readonly<{ count: number }>>(entries: readonly Entry[]): Entry[] =>
    entries.map((entry) => ({ ...entry, count: Math.round(entry.count * every) }))
  yield
  return {
    ...found,
    words: scaled<Counted>(found.words),
    phrases: scaled<Counted>(found.phrases),
    ...(found.scriptPairs && { scriptPairs: scaled(found.scriptPairs) }),
  }
}
