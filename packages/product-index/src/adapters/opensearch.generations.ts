import { type Clock, systemClock } from '@eip/kernel'
import { type Book, describeGeneration, nextEntry, withBegun, without, withServing } from '../generation-book.ts'
import { requireDroppable, requireKnown, requireNoneFilling } from '../generations.failure.ts'
import type { ProductIndexGenerations } from '../generations.port.ts'
import type { ProductIndexReader, RetrievalRequest } from '../product-index.port.ts'
import { turns } from '../turns.ts'
import { type SharedBook, sharedBook } from './opensearch.book.ts'
import { checkCluster, clusterVersion } from './opensearch.cluster.ts'
import { type Connection, type ConnectionOptions, connect } from './opensearch.connection.ts'
import { type OpenGeneration, openGeneration } from './opensearch.generation.ts'
import { dropIndexes, indexUnderAlias, pointAlias, requireNoView } from './opensearch.indexes.ts'
import { lookRepeatedly } from './opensearch.looking.ts'
import type { IndexSettings } from './opensearch.mapping.ts'
import { indexNames } from './opensearch.names.ts'
import { isGone } from './opensearch.views.ts'

export type OpenSearchProductIndexOptions = ConnectionOptions &
  Readonly<{
    /** Begins the name of every index. */
    prefix: string
    shards?: number
    replicas?: number
    vectorEngine?: IndexSettings['vectorEngine']
    /** How often is looked whether another process has changed the view; every 100 unless given. */
    lookEveryMs?: number
    clock?: Clock
  }>

export type OpenSearchGenerations = ProductIndexGenerations &
  Readonly<{
    /** Of the cluster, asked now: it fails where the cluster does not answer. */
    serverVersion(): Promise<string>
  }>

/**
 * Serving views in an OpenSearch cluster: any number of processes read them, and one writes each.
 * Fails where the cluster does not answer, is too old, lacks k-NN or refuses the credentials, and where the view that
 * serves was made by another schema, analysis or mapping: each by name.
 */
export async function openOpenSearchGenerations(
  options: OpenSearchProductIndexOptions,
): Promise<OpenSearchGenerations> {
  const connection = connect(options)
  try {
    return await generationsOver(connection, options)
  } catch (error) {
    await connection.close()
    throw error
  }
}

async function generationsOver(
  connection: Connection,
  options: OpenSearchProductIndexOptions,
): Promise<OpenSearchGenerations> {
  const { prefix, shards = 1, replicas = 0, vectorEngine = 'lucene', clock = systemClock } = options
  const { hasNori } = await checkCluster(connection)
  const settings = { shards, replicas, vectorEngine, hasNori }
  const shared = sharedBook(connection, settings, prefix)
  const { lookEveryMs = 100 } = options
  const opened = openGenerations((name) =>
    openGeneration({ connection, settings, names: indexNames(prefix, name), lookEveryMs }),
  )
  const inTurn = turns()
  const book = await beginOrRead(connection, shared, { prefix, now: clock.now() })
  let serving = await opened.of(book.serving)
  if ((await indexUnderAlias(connection, prefix)) !== serving.names.products)
    await pointAlias(connection, serving.names)

  /** Takes in what another process has done to the book. */
  async function look(): Promise<Book> {
    const now = (await shared.read())!
    serving = await opened.of(now.serving)
    await opened.closeAllBut(now)
    return now
  }
  async function held(name: string): Promise<OpenGeneration> {
    requireKnown(await look(), name)
    return opened.of(name)
  }
  async function begin(): Promise<string> {
    let name = ''
    await shared.change((known) => {
      requireNoneFilling(known)
      const entry = nextEntry(known, clock.now())
      name = entry.name
      return withBegun(known, entry)
    })
    await opened.of(name)
    return name
  }
  async function serve(name: string): Promise<void> {
    const next = await held(name)
    await (await next.writer()).save()
    await shared.change((known) => {
      requireKnown(known, name)
      return known.serving === name ? known : withServing(known, name, clock.now())
    })
    serving = next
    await pointAlias(connection, next.names)
  }
  async function drop(name: string): Promise<void> {
    const left = await shared.change((known) => {
      requireDroppable(known, name)
      return without(known, name)
    })
    await opened.closeAllBut(left)
    await dropIndexes(connection, indexNames(prefix, name))
  }

  const stopLooking = lookRepeatedly(() => inTurn(look), lookEveryMs)
  return Object.freeze({
    reader: readerOf(() => serving, look),
    async list() {
      const known = await look()
      return Promise.all(
        known.generations.map(async (entry) =>
          describeGeneration(known, entry, (await opened.of(entry.name)).reader.statistics()),
        ),
      )
    },
    writer: async (name: string) => (await held(name)).writer(),
    begin: () => inTurn(begin),
    serve: (name: string) => inTurn(() => serve(name)),
    drop: (name: string) => inTurn(() => drop(name)),
    serverVersion: () => clusterVersion(connection),
    async close() {
      await stopLooking()
      await inTurn(async () => {
        await opened.closeAllBut({ generations: [] })
        await connection.close()
      })
    },
  })
}

async function beginOrRead(
  connection: Connection,
  shared: SharedBook,
  { prefix, now }: Readonly<{ prefix: string; now: number }>,
): Promise<Book> {
  const served = await indexUnderAlias(connection, prefix)
  const known = await shared.read()
  if (known !== null) return known
  requireNoView(prefix, served)
  await shared.begin(now)
  return (await shared.read())!
}

/** Generations by name, each opened once, when first asked for. */
function openGenerations(open: (name: string) => Promise<OpenGeneration>) {
  const opened = new Map<string, Promise<OpenGeneration>>()
  return {
    of(name: string): Promise<OpenGeneration> {
      const known = opened.get(name)
      if (known !== undefined) return known
      const opening = open(name)
      opened.set(name, opening)
      opening.catch(() => opened.delete(name))
      return opening
    },
    async closeAllBut({ generations }: Pick<Book, 'generations'>): Promise<void> {
      for (const [name, opening] of opened) {
        if (generations.some((each) => each.name === name)) continue
        opened.delete(name)
        await (await opening).close()
      }
    },
  }
}

/** Asks the one that serves; where it has gone meanwhile, the one that serves now. */
function readerOf(serving: () => OpenGeneration, look: () => Promise<unknown>): ProductIndexReader {
  async function ask<Answer>(work: (reader: ProductIndexReader) => Promise<Answer>): Promise<Answer> {
    const before = serving()
    try {
      return await work(before.reader)
    } catch (error) {
      if (!isGone(error)) throw error
      await look()
      if (serving() === before) throw error
      return work(serving().reader)
    }
  }
  return Object.freeze({
    retrieve: (request: RetrievalRequest) => ask((reader) => reader.retrieve(request)),
    show: (ids: readonly string[]) => ask((reader) => reader.show(ids)),
    explain: (...asked: Parameters<ProductIndexReader['explain']>) => ask((reader) => reader.explain(...asked)),
    vectorOf: (id: string, encoder: string) => ask((reader) => reader.vectorOf(id, encoder)),
    vocabulary: () => ask((reader) => reader.vocabulary()),
    statistics: () => serving().reader.statistics(),
  })
}
