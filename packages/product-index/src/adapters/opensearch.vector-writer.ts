import type { EncoderChange, VectorChange } from '../product-index-writer.port.ts'
import { readVector } from '../vector-checks.ts'
import { type Operation, writeInBulk } from './opensearch.bulk.ts'
import type { Connection } from './opensearch.connection.ts'
import { createIndex } from './opensearch.indexes.ts'
import { type IndexSettings, vectorField, vectorsIndex } from './opensearch.mapping.ts'
import { documentKey, type IndexNames } from './opensearch.names.ts'
import {
  changeState,
  type EncoderState,
  encoderOf,
  readState,
  type ViewState,
  withEncoder,
  withWord,
} from './opensearch.state.ts'

/** The cluster holds a vector as new as this one, or newer. */
const conflict = new Set([409])

type ReadChange = Readonly<{ id: string; version: number; vector: Float32Array | null }>
/** What one call brings of one encoder, all of it readable. */
type Batch = Readonly<{ of: EncoderState; dimensions: number | null; newest: ReadonlyMap<string, ReadChange> }>

/** The vectors of all encoders, an index for each: made when the first change comes, dropped when it is not held any more. */
export interface VectorWriter {
  /** Writes what is newer than what is held; answers with the indexes that have to be refreshed. */
  write(changes: readonly VectorChange[]): Promise<readonly string[]>
  /** Lets go of what the new state does not name any more. */
  drop(before: ViewState, after: ViewState): Promise<void>
}

export function vectorWriter(connection: Connection, names: IndexNames, settings: IndexSettings): VectorWriter {
  /** The encoder as it is ready to be written. */
  async function begun({ of, dimensions }: Batch): Promise<EncoderState> {
    if (of.index !== null && (of.dimensions !== null || dimensions === null)) return of
    const index = of.index ?? names.vectors(of.encoder, Math.max(0, of.version))
    const alias = names.vectorsAlias(of.encoder)
    if (of.index === null)
      await createIndex(connection, index, { ...vectorsIndex(settings, of.encoder), aliases: { [alias]: {} } })
    if (dimensions !== null) {
      const properties = { vector: vectorField(settings.vectorEngine, dimensions) }
      await connection.call({ method: 'PUT', path: `/${index}/_mapping`, body: { properties } })
    }
    const state = await changeState(connection, names, (known) => {
      const held = encoderOf(known, of.encoder)
      return held.version === of.version ? withEncoder(known, { ...held, index, dimensions }) : known
    })
    return encoderOf(state, of.encoder)
  }

  return Object.freeze({
    async write(changes: readonly VectorChange[]) {
      const batches = batchesOf(await readState(connection, names), changes)
      const indexes: string[] = []
      for (const batch of batches) {
        const { index, isHeld } = await begun(batch)
        // Meanwhile another writer heard that it is not held any more.
        if (index === null || !isHeld) continue
        await writeInBulk(connection, operationsOf(names.vectorsAlias(batch.of.encoder), batch), conflict)
        indexes.push(index)
      }
      return indexes
    },
    async drop(before: ViewState, after: ViewState) {
      const kept = new Set(after.encoders.map(({ index }) => index))
      for (const { index } of before.encoders)
        if (index !== null && !kept.has(index))
          await connection.call({ method: 'DELETE', path: `/${index}`, mayBeMissing: true })
    },
  })
}

/** Reads everything before anything is written: one vector that cannot be read rejects its call, and teaches nothing. */
function batchesOf(state: ViewState, changes: readonly VectorChange[]): readonly Batch[] {
  const batches = new Map<string, { of: EncoderState; dimensions: number | null; newest: Map<string, ReadChange> }>()
  for (const change of changes) {
    const { productId: id, encoder, version } = change
    const of = encoderOf(state, encoder)
    if (!of.isHeld) continue
    const batch = batches.get(encoder) ?? { of, dimensions: of.dimensions, newest: new Map() }
    batches.set(encoder, batch)
    const vector = change.vector === null ? null : readVector(change, change.vector, batch.dimensions ?? undefined)
    batch.dimensions ??= vector?.length ?? null
    const known = batch.newest.get(id)
    if (known === undefined || version > known.version) batch.newest.set(id, { id, version, vector })
  }
  return [...batches.values()]
}

function* operationsOf(alias: string, { newest }: Batch): Generator<Operation> {
  for (const { id, version, vector } of newest.values())
    yield {
      about: `the vector of product "${id}"`,
      // By its alias: where the index was dropped meanwhile, none is made by writing to it.
      action: {
        index: { _index: alias, require_alias: true, _id: documentKey(id), version, version_type: 'external' },
      },
      body: { id, ...(vector !== null && { vector: Array.from(vector, shortest) }) },
    }
}

/** Nine digits are enough to tell 32-bit floats apart; as 64-bit numbers they are written with up to seventeen. */
const shortest = (value: number): number => Number(value.toPrecision(9))

/** What the words on encoders make of the state. */
export const withWords =
  (changes: readonly EncoderChange[]) =>
  (state: ViewState): ViewState =>
    changes.reduce(withWord, state)
