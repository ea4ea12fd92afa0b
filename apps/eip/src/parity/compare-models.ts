import { agreement, fuse, fusionProfiles, vectorWeight } from '@eip/engine-fusion'
import { order } from '@eip/engine-ranking'
import type { ProductIndexReader, Retrieval, RetrievalRequest } from '@eip/product-index'
import { causeOf, type DifferenceCause } from './difference-cause.ts'
import { type AnswerLikeness, type ComparedAnswer, isAlike, likenessOf } from './likeness.ts'
import { comparedLength, type ParityRequest, type PortModel } from './parity-requests.ts'

export type Difference = Readonly<{
  catalogue: string
  model: string
  query: string
  differs: readonly string[]
  cause: DifferenceCause
}>

export type Compared = Readonly<{ likenesses: readonly AnswerLikeness[]; differences: readonly Difference[] }>

type Engines = Readonly<{ native: ProductIndexReader; opensearch: ProductIndexReader }>
type Asked = Readonly<{ catalogue: string; model: PortModel; requests: readonly ParityRequest[] }>

/** Questions under way at once: both engines answer while others are on their way. */
const atOnce = 4

/** Asks both engines everything, and tells for each request how alike they answered. */
export async function compareModel(
  { native, opensearch }: Engines,
  { catalogue, model, requests }: Asked,
  onProgress: (done: number) => void = () => {},
): Promise<Compared> {
  const likenesses: AnswerLikeness[] = []
  let done = 0
  const differences: Difference[] = []
  await inTurns(requests, atOnce, async ({ text, request, nearest }, at) => {
    const [one, other] = await Promise.all([native.retrieve(request), opensearch.retrieve(request)])
    const [first, second] = [answerOf(model, request, one), answerOf(model, request, other)]
    const likeness = likenessOf(first, second)
    likenesses[at] = likeness
    if (!isAlike(likeness)) {
      const cause = causeOf({ native: first, opensearch: second, nearest })
      differences.push({ catalogue, model, query: text, differs: whatDiffers(likeness, first, second), cause })
    }
    onProgress(++done)
  })
  return { likenesses, differences }
}

export async function inTurns<Item>(
  items: readonly Item[],
  workers: number,
  work: (item: Item, at: number) => Promise<void>,
): Promise<void> {
  const left = items.entries()
  await Promise.all(
    Array.from({ length: workers }, async () => {
      for (const [at, item] of left) await work(item, at)
    }),
  )
}

/** The list as each model orders it: by words as the port does, by meaning by cosine, of both by the fused score. */
function answerOf(model: PortModel, request: RetrievalRequest, retrieval: Retrieval): ComparedAnswer {
  const { ids, textScores, vectorScores, total, totalByWords, facets } = retrieval
  const scores = model === 'hybrid' ? fused(request, retrieval) : model === 'vector' ? vectorScores! : textScores
  const ranks = model === 'hybrid' || model === 'vector' ? [...order(scores, ids)] : ids.map((_, at) => at)
  const first = ranks.slice(0, comparedLength)
  return {
    ids: first.map((at) => ids[at]!),
    scores: first.map((at) => scores[at]!),
    ...{ total, totalByWords, facets },
    candidates: new Set(ids),
  }
}

/** As search fuses with an encoder trained on the catalogue; what understanding would tell of a query is not read here. */
function fused({ query }: RetrievalRequest, retrieval: Retrieval): Float64Array {
  const { ids, textScores: text, total, totalByWords } = retrieval
  const vector = retrieval.vectorScores!
  const count = ids.length
  const telling = (query?.clauses ?? []).filter(({ isStopWord }) => !isStopWord)
  const { method, ...profile } = fusionProfiles.catalogue
  const { weight } = vectorWeight(
    { method, ...profile },
    {
      words: telling.length,
      hasModelNumber: telling.some(({ kind }) => kind === 'model'),
      hasNumber: telling.some(({ kind }) => kind === 'number'),
      namesBrandOnly: false,
      foundByWords: totalByWords,
      foundByMeaning: vector.some((cosine) => cosine > 0) ? total : 0,
      agreement: agreement(text, vector, count),
    },
  )
  const shares = fuse({ count, text, vector }, { method, vectorWeight: weight })
  return shares.text.map((share, at) => share + shares.vector[at]!)
}

function whatDiffers(likeness: AnswerLikeness, native: ComparedAnswer, opensearch: ComparedAnswer): string[] {
  const { overlap, hasSameOrder, hasSameTotals, hasSameFacets } = likeness
  const place = native.ids.findIndex((id, at) => id !== opensearch.ids[at])
  return [
    ...(overlap < 1 ? [`overlap@10 ${overlap.toFixed(2)}`] : []),
    ...(hasSameOrder ? [] : [`order from place ${(place === -1 ? native.ids.length : place) + 1} on`]),
    ...(hasSameTotals
      ? []
      : [
          `total ${native.total} (${native.totalByWords} by words) and ${opensearch.total} (${opensearch.totalByWords})`,
        ]),
    ...(hasSameFacets ? [] : ['facets']),
  ]
}
