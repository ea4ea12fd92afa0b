import type { Filter, VectorQuery } from '../product-index.port.ts'
import { admittedBody, cosineOf, cosinesBody, nearestBody } from './opensearch.queries.ts'
import type { Hit, View } from './opensearch.views.ts'

export type Neighbour = Readonly<{ id: string; cosine: number }>

/** The nearest products that the filters admit, best first, ties by id; and every cosine that was met on the way. */
export type Neighbours = Readonly<{ nearest: readonly Neighbour[]; known: ReadonlyMap<string, number> }>

/** What so few products are admitted that each of them is looked at. */
const fewAdmitted = 2_000
/** The cluster walks to this many at most, and answers with so many. */
const mostWalked = 10_000
/** So many more than wanted, as the graph may miss some, some of them may be gone, and equals are told apart by id. */
const margin = 1.25
const spare = 50
/** Ids of one look at exact cosines. */
const page = 5_000

/**
 * Vectors lie apart from what filters look at, so that a changed price rewrites no vector. Few admitted: each is looked at.
 * Many: the graph is walked for so many more as filters leave out; where that brings too few, each is looked at after all.
 */
export async function nearestOf(view: View, vector: VectorQuery, filters: readonly Filter[]): Promise<Neighbours> {
  const held = view.statistics.encoders.find(({ encoder }) => encoder === vector.encoder)!.vectors
  if (vector.nearest === 0 || held === 0) return { nearest: [], known: new Map() }
  const { documents } = view.statistics
  const admitted = filters.length === 0 ? documents : await countAdmitted(view, filters)
  if (admitted === 0) return { nearest: [], known: new Map() }
  const wanted = Math.ceil((vector.nearest * margin * documents) / admitted) + spare
  const walked =
    filters.length > 0 && admitted <= fewAdmitted
      ? null
      : await walk(view, vector, filters, Math.min(wanted, mostWalked), held)
  return walked ?? lookAtAll(view, vector, filters)
}

const countAdmitted = async (view: View, filters: readonly Filter[]): Promise<number> =>
  (await view.search(admittedBody(filters, 0, null))).hits.total!.value

/** null: the filters leave too many out to say which are the nearest. */
async function walk(
  view: View,
  vector: VectorQuery,
  filters: readonly Filter[],
  k: number,
  held: number,
): Promise<Neighbours | null> {
  const { hits } = await view.searchVectors(vector.encoder, nearestBody(vector.values, k))
  const met = hits.hits.map(neighbourOf)
  const near = met.filter(({ cosine }) => cosine >= vector.floor)
  const admitted = new Set(
    await admittedOf(
      view,
      filters,
      near.map(({ id }) => id),
    ),
  )
  const nearest = best(
    near.filter(({ id }) => admitted.has(id)),
    vector.nearest,
  )
  const isAll = met.length >= held || near.length < met.length
  return isAll || nearest.length === vector.nearest ? { nearest, known: cosineById(met) } : null
}

async function admittedOf(view: View, filters: readonly Filter[], ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const named = { kind: 'ids', anyOf: ids } as const
  const { hits } = await view.search(admittedBody([...filters, named], ids.length, null))
  return hits.hits.map(idOf)
}

/** Exact, however many there are: page by page, of which the nearest so far are kept. */
async function lookAtAll(view: View, vector: VectorQuery, filters: readonly Filter[]): Promise<Neighbours> {
  let nearest: readonly Neighbour[] = []
  for (let after: string | null = null; ; ) {
    const { hits } = await view.search(admittedBody(filters, page, after))
    const ids = hits.hits.map(idOf)
    const near = await cosinesOf(view, vector, ids)
    nearest = best([...nearest, ...near.filter(({ cosine }) => cosine >= vector.floor)], vector.nearest)
    after = ids.at(-1) ?? null
    if (ids.length < page || after === null) return { nearest, known: cosineById(nearest) }
  }
}

/** The exact cosines of the products named, as far as they have a vector. */
export async function cosinesOf(
  view: View,
  { encoder, values }: VectorQuery,
  ids: readonly string[],
): Promise<Neighbour[]> {
  const { vectors } = view.statistics.encoders.find((each) => each.encoder === encoder)!
  if (ids.length === 0 || vectors === 0) return []
  const { hits } = await view.searchVectors(encoder, cosinesBody(values, ids))
  return hits.hits.map(neighbourOf)
}

const idOf = ({ fields }: Hit): string => String(fields!.id![0])
const neighbourOf = (hit: Hit): Neighbour => ({ id: idOf(hit), cosine: cosineOf(hit._score!) })
const cosineById = (neighbours: readonly Neighbour[]) => new Map(neighbours.map(({ id, cosine }) => [id, cosine]))

/** Ids in the order of their UTF-8 bytes, as everywhere. */
const byId = (a: string, b: string): number => (a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b)))

const best = (neighbours: readonly Neighbour[], most: number): readonly Neighbour[] =>
  neighbours.toSorted((a, b) => b.cosine - a.cosine || byId(a.id, b.id)).slice(0, most)
