import { type Placement, type SearchContract, searchLimits } from '@eip/contracts'
import type { Filter, ProductIndexReader, RetrievalRequest } from '@eip/product-index'
import type { Call, ParsedInputOf } from '@eip/rpc'
import { describeFilter } from '../domain/describe-filter.ts'
import { parseQuestion } from '../domain/search-question.ts'
import { type KeptResult, keptIds } from '../ports/kept-results.port.ts'
import { cutPage } from './cut-page.ts'
import { listHits } from './list-hits.ts'
import { listedBy, type PreviewNeeds } from './preview-search.ts'

type Absence = Extract<Placement, { outcome: 'absent' }>['reasons'][number]
type Distance = Extract<Absence, { reason: 'words' }>

const everything: RetrievalRequest = {
  ...{ query: null, vector: null, minimumMatches: 1, filters: [], wishes: [], facets: [], columns: [] },
  ...{ order: 'score', limit: 1 },
}

/** Where a product stands in a search, with its explanation; or every reason why it is not there. */
export function placeProduct(needs: PreviewNeeds) {
  const list = listHits(needs)
  const by = listedBy(needs)
  const cut = cutPage(needs)
  return async (request: ParsedInputOf<SearchContract['placement']>, call: Call): Promise<Placement> => {
    const { product } = request
    const result = await list(parseQuestion({ ...request, facets: [], page: 1, size: 1 }), call, await by(request))
    const at = keptIds(result.ids).indexOf(product)
    const [hit] = at < 0 ? [] : await cut(result, { page: at + 1, size: 1, explains: true })
    if (hit !== undefined) return { outcome: 'found', rank: at + 1, hit }
    return { outcome: 'absent', reasons: await reasonsOf(needs.index, result, product) }
  }
}

async function reasonsOf(index: ProductIndexReader, result: KeptResult, product: string): Promise<Absence[]> {
  const only: Filter = { kind: 'ids', anyOf: [product] }
  const find = (request: Partial<RetrievalRequest>, filters: readonly Filter[] = []) =>
    index.retrieve({ ...everything, ...request, filters: [only, ...filters] })
  if ((await find({})).total === 0) return [{ reason: 'unknown', detail: product }]
  const reasons: Absence[] = []
  for (const filter of result.filters) if ((await find({}, [filter])).total === 0) reasons.push(exclusionBy(filter))
  const { analyzed: query, vector, minimumMatches } = result
  if ((query !== null || vector !== null) && (await find({ query, vector, minimumMatches })).total === 0)
    reasons.push(await distanceOf(find, result))
  if (reasons.length > 0) return reasons
  const [total, ranked] = [result.total, searchLimits.reachableHits]
  return [{ reason: 'depth', detail: `${total} products match; the first ${ranked} are ranked`, total, ranked }]
}

/** What the policy hides is told as such. */
function exclusionBy(filter: Filter): Absence {
  const detail = describeFilter(filter)
  if (filter.kind === 'available') return { reason: 'guard', guard: 'unavailable', detail: `it is not ${detail}` }
  if (filter.kind === 'delivered') return { reason: 'guard', guard: 'undeliverable', detail: `it is not ${detail}` }
  return { reason: 'filter', detail }
}

/** How many of the words it has, and how near it is. */
async function distanceOf(
  find: (request: Partial<RetrievalRequest>) => ReturnType<ProductIndexReader['retrieve']>,
  { analyzed, vector, minimumMatches }: KeptResult,
): Promise<Distance> {
  let words: Distance['words'] = null
  if (analyzed !== null) {
    let matched = 0
    while (matched < minimumMatches && (await find({ query: analyzed, minimumMatches: matched + 1 })).total > 0)
      matched++
    words = { matched, needed: minimumMatches }
  }
  let meaning: Distance['meaning'] = null
  if (vector !== null) {
    const { vectorScores } = await find({ vector: { ...vector, floor: -1 } })
    const cosine = vectorScores?.[0] ?? Number.NaN
    meaning = { cosine: Number.isNaN(cosine) ? null : cosine, floor: vector.floor }
  }
  return { reason: 'words', detail: distanceInWords(words, meaning), words, meaning }
}

function distanceInWords(words: Distance['words'], meaning: Distance['meaning']): string {
  const told: string[] = []
  if (words !== null) told.push(`it has ${words.matched} of the ${words.needed} words that are asked for at least`)
  if (meaning?.cosine === null) told.push('it has no vector')
  else if (meaning !== null)
    told.push(`its cosine is ${meaning.cosine.toFixed(3)}, near counts from ${meaning.floor.toFixed(3)}`)
  return told.join('; ')
}
