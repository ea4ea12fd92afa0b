import type { Positions } from '@eip/contracts'
import { createAnalyzer } from '@eip/engine-text-analysis'
import type {
  EncoderChange,
  OwnedChange,
  ProductChange,
  ProductIndexWriter,
  VectorChange,
} from '../product-index-writer.port.ts'
import { writeInBulk } from './opensearch.bulk.ts'
import { type Connection, failure } from './opensearch.connection.ts'
import { opensearchHeldVersions } from './opensearch.held.ts'
import type { IndexSettings } from './opensearch.mapping.ts'
import type { IndexNames } from './opensearch.names.ts'
import { columnOperations, productOperations } from './opensearch.product-operations.ts'
import { changeState, readState, type ViewState, withPositions } from './opensearch.state.ts'
import { createTurns } from './opensearch.turns.ts'
import { vectorWriter, withWords } from './opensearch.vector-writer.ts'
import type { Views } from './opensearch.views.ts'

const none: ReadonlySet<number> = new Set()

/** A refresh and a new view cost about as much for few products as for many. */
const batchSize = 1_000

type Refreshed = Readonly<{ _shards: Readonly<{ failed: number }> }>

export type WriterParts = Readonly<{ connection: Connection; names: IndexNames; settings: IndexSettings; views: Views }>

/**
 * One call after the other, each visible when it resolves:
 *
 *   write in bulk ─▶ refresh: visible, all of it ─▶ state: positions, epoch + 1 ─▶ the reader's next view
 *
 * A crash in between repeats the call from its positions: every write is taken only if it is newer than what is held.
 */
export async function opensearchIndexWriter(parts: WriterParts): Promise<ProductIndexWriter> {
  const { connection, names, settings, views } = parts
  const operationsOf = productOperations(createAnalyzer(), names.productsAlias)
  const vectors = vectorWriter(connection, names, settings)
  let held: ViewState = await readState(connection, names)

  const refresh = async (indexes: readonly string[]) => {
    if (indexes.length === 0) return
    const path = `/${indexes.join()}/_refresh`
    const query = { ignore_unavailable: true }
    const { _shards } = await connection.call<Refreshed>({ method: 'POST', path, query })
    // A copy that did not take part would go on answering without the batch.
    if (_shards.failed > 0)
      throw failure('product-index.opensearch-unready', `${_shards.failed} shards of "${path}" did not take part`)
  }
  const commit = async (indexes: readonly string[], change: (state: ViewState) => ViewState) => {
    await refresh(indexes)
    held = await changeState(connection, names, change)
    await views.renew(held)
  }
  const turns = createTurns(async (changes: readonly ProductChange[], positions: Positions) => {
    if (changes.length > 0) await writeInBulk(connection, operationsOf(changes), none)
    await commit(changes.length > 0 ? [names.products] : [], (state) => withPositions(state, positions))
  })

  return Object.freeze({
    apply: turns.apply,
    applyVectors: (changes: readonly VectorChange[], positions: Positions) =>
      turns.inTurn(async () => {
        await commit(await vectors.write(changes), (state) => withPositions(state, positions))
      }),
    applyEncoders: (changes: readonly EncoderChange[], positions: Positions) =>
      turns.inTurn(async () => {
        const before = await readState(connection, names)
        await commit([], (state) => withPositions(withWords(changes)(state), positions))
        await vectors.drop(before, held)
      }),
    applyColumns: (changes: readonly OwnedChange[], positions: Positions) =>
      turns.inTurn(async () => {
        // Made before the first is sent: a bad one holds all of them back.
        const operations = [...columnOperations(names.productsAlias, changes)]
        await writeInBulk(connection, operations, none)
        await commit(operations.length > 0 ? [names.products] : [], (state) => withPositions(state, positions))
      }),
    // The cluster has everything on disk before it answers: to save is to have had one's turn.
    save: () => turns.inTurn(async () => undefined),
    batchSize,
    resumeFrom: () => held.positions,
    statistics: views.statistics,
    held: opensearchHeldVersions(views),
  })
}
