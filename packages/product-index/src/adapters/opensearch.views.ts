import { setTimeout as wait } from 'node:timers/promises'
import { isFailure } from '@eip/kernel'
import { generation } from '../manifest.ts'
import type { IndexStatistics } from '../product-index.port.ts'
import type { Connection } from './opensearch.connection.ts'
import { lookRepeatedly } from './opensearch.looking.ts'
import type { IndexNames, Json } from './opensearch.names.ts'
import { countBody } from './opensearch.queries.ts'
import { readState, type ViewState } from './opensearch.state.ts'

export type Hit = Readonly<{
  _id: string
  _score: number | null
  _source?: Json
  fields?: Readonly<Record<string, readonly unknown[]>>
  matched_queries?: readonly string[]
  sort?: readonly unknown[]
  _explanation?: unknown
}>
export type SearchAnswer = Readonly<{
  hits: Readonly<{ total?: Readonly<{ value: number }>; hits: readonly Hit[] }>
  aggregations?: Readonly<Record<string, Json>>
}>

/** The indexes as of one moment: whatever is asked of a view is answered as if nothing had been written since. */
export type View = Readonly<{
  statistics: IndexStatistics
  search(body: Json): Promise<SearchAnswer>
  /** Over the vectors of an encoder that `statistics` lists. */
  searchVectors(encoder: string, body: Json): Promise<SearchAnswer>
}>

/**
 * The newest view, kept open as points in time.
 *
 *   writer: bulk … refresh … state (epoch + 1) ─▶ renew ─▶ new points in time ─▶ the next question
 *   other processes: look at the state's epoch again and again ─▶ renew
 *   questions under way keep the view that they began with; the last one lets go of it
 */
export interface Views {
  use<Answer>(work: (view: View) => Promise<Answer>): Promise<Answer>
  /** Takes in what is visible now. */
  renew(state: ViewState): Promise<void>
  statistics(): IndexStatistics
  close(): Promise<void>
}

/** How long the cluster keeps a point in time that nobody asks of. */
const keepAlive = '5m'
/** Segments and bytes are told as they were at most so long ago. */
const sizesMs = 5_000

/** Before a question is asked again: a cluster that loses a node needs a moment to let copies of its shards take over. */
const pausesMs = [0, 100, 300, 1_000] as const

type OpenView = View & { users: number; isRetired: boolean; readonly points: readonly string[] }

export async function openViews(connection: Connection, names: IndexNames, lookEveryMs: number): Promise<Views> {
  const sizes = createSizes(connection)
  const open = (state: ViewState) => openView(connection, names, state, sizes)
  let current = await open(await readState(connection, names))
  let renewing: Promise<unknown> = Promise.resolve()

  const letGo = async (view: OpenView) => {
    if (!view.isRetired || view.users > 0) return
    // Whatever went wrong, the cluster forgets a point in time that nobody asks of by itself.
    await connection
      .call({ method: 'DELETE', path: '/_search/point_in_time', body: { pit_id: view.points }, mayBeMissing: true })
      .catch(() => undefined)
  }
  const retire = (view: OpenView) => {
    view.isRetired = true
    return letGo(view)
  }
  /** Whoever looked may come when a newer state is in already: it must not go back to the one that was looked at. */
  const swap = async (seen: ViewState) => {
    const state = seen.epoch < current.statistics.epoch ? await readState(connection, names) : seen
    const next = await open(state)
    const before = current
    current = next
    void retire(before)
  }
  const renew = (state: ViewState): Promise<void> => {
    const renewed = renewing.then(() => swap(state))
    renewing = renewed.catch(() => undefined)
    return renewed
  }
  const look = async () => {
    const state = await readState(connection, names)
    if (state.epoch !== current.statistics.epoch) await renew(state)
  }
  const stopLooking = lookRepeatedly(look, lookEveryMs)
  /** Takes in what is visible now, unless somebody has since this view was opened. */
  const replace = (lost: OpenView): Promise<void> => {
    const replaced = renewing.then(async () => {
      if (current === lost) await swap(await readState(connection, names))
    })
    renewing = replaced.catch(() => undefined)
    return replaced
  }
  const ask = async <Answer>(view: OpenView, work: (view: View) => Promise<Answer>): Promise<Answer> => {
    view.users++
    try {
      return await work(view)
    } finally {
      view.users--
      void letGo(view)
    }
  }

  return Object.freeze({
    async use<Answer>(work: (view: View) => Promise<Answer>) {
      for (const pauseMs of pausesMs) {
        const view = current
        try {
          return await ask(view, work)
        } catch (error) {
          if (!isLost(error)) throw error
        }
        if (pauseMs > 0) await wait(pauseMs)
        // What cannot be opened yet is tried again with the next pause; in the end the question itself says why.
        await replace(view).catch(() => undefined)
      }
      return ask(current, work)
    },
    renew,
    statistics: () => current.statistics,
    async close() {
      await stopLooking()
      await renewing
      await retire(current)
    },
  })
}

/** The cluster does not know what was asked: a point in time that was not used for long, or lay on a node that restarted; an index. */
export const isGone = (error: unknown): boolean =>
  isFailure(error) &&
  (error.code === 'product-index.opensearch-gone' ||
    error.details.status === 404 ||
    (error.details.causes as readonly string[] | undefined)?.includes('search_context_missing_exception') === true)

/** What another point in time may answer: its nodes went, and copies of their shards stand elsewhere or will in a moment. */
const isLost = (error: unknown): boolean =>
  isGone(error) || (isFailure(error) && error.code === 'product-index.opensearch-unready')

async function openView(
  connection: Connection,
  names: IndexNames,
  { epoch, encoders }: ViewState,
  sizes: Sizes,
): Promise<OpenView> {
  const pointOf = async (index: string) => {
    const path = `/${index}/_search/point_in_time`
    // A point that lacks a shard would answer every question in part, and say nothing.
    const query = { keep_alive: keepAlive, allow_partial_pit_creation: false }
    const answer = await connection.call<{ pit_id: string }>({ method: 'POST', path, query })
    return answer.pit_id
  }
  const held = encoders.flatMap(({ encoder, index, dimensions }) =>
    index === null || dimensions === null ? [] : [{ encoder, index, dimensions }],
  )
  const products = await pointOf(names.products)
  const vectors = new Map<string, string>()
  for (const { encoder, index } of held) vectors.set(encoder, await pointOf(index))
  const searchAt = (point: string, body: Json) =>
    connection.call<SearchAnswer>({
      method: 'POST',
      path: '/_search',
      // Half an answer would look like a whole one.
      query: { allow_partial_search_results: false },
      body: { ...body, pit: { id: point, keep_alive: keepAlive } },
    })
  const count = async (point: string, query: Json) => (await searchAt(point, countBody(query))).hits.total!.value
  const statistics: IndexStatistics = {
    documents: await count(products, { term: { active: true } }),
    ...(await sizes.of([names.products, ...held.map(({ index }) => index)])),
    epoch,
    generation,
    encoders: await Promise.all(
      held.map(async ({ encoder, dimensions }) => {
        return { encoder, dimensions, vectors: await count(vectors.get(encoder)!, { exists: { field: 'vector' } }) }
      }),
    ),
  }
  return {
    statistics,
    search: (body) => searchAt(products, body),
    searchVectors: (encoder, body) => searchAt(vectors.get(encoder)!, body),
    points: [products, ...vectors.values()],
    users: 0,
    isRetired: false,
  }
}

type Sizes = Readonly<{ of(indexes: readonly string[]): Promise<Pick<IndexStatistics, 'segments' | 'bytes'>> }>

function createSizes(connection: Connection): Sizes {
  let known = { segments: 0, bytes: 0 }
  let knownAt = Number.NEGATIVE_INFINITY
  return {
    async of(indexes) {
      if (performance.now() - knownAt < sizesMs) return known
      type Totals = { _all: { total: { store: { size_in_bytes: number }; segments: { count: number } } } }
      const path = `/${indexes.join()}/_stats/store,segments`
      const { _all } = await connection.call<Totals>({ method: 'GET', path, query: { ignore_unavailable: true } })
      known = { segments: _all.total.segments.count, bytes: _all.total.store.size_in_bytes }
      knownAt = performance.now()
      return known
    },
  }
}
