import type { MigrationSet } from '@eip/database'
import type { EncoderDescription } from '@eip/engine-text-encoder'
import type { CountedEncoder, EncoderState } from '../domain/encoder-states.ts'
import type { VectorStanding } from '../domain/vector-change.ts'

export type EncoderRow = {
  number: number
  id: string
  kind: string
  name: string
  dimensions: number
  languages: string | null
  state: string
  version: number
  vectors: number
  trained_on: number | null
  since: number
  products: number
  embedded: number
  floor: number
}
export type StandingRow = { version: number; product_version: number; text_hash: string | null; has_vector: number }

export type EmbeddingTables = { encoder: EncoderRow; embedding: StandingRow & { encoder: number; product: string } }

export const embeddingLedgerMigrations: MigrationSet = Object.freeze({
  owner: 'embedding',
  migrations: [
    {
      name: '0001-encoders-and-embeddings',
      // `products` and `embedded` are kept with every change: counting a million rows would hold the thread.
      // `floor`: the greatest version of all embeddings that were withdrawn; new ones go on from there.
      sql: `
        CREATE TABLE encoder (
          number INTEGER PRIMARY KEY,
          id TEXT NOT NULL UNIQUE,
          kind TEXT NOT NULL,
          name TEXT NOT NULL,
          dimensions INTEGER NOT NULL,
          languages TEXT,
          state TEXT NOT NULL,
          version INTEGER NOT NULL,
          vectors INTEGER NOT NULL,
          trained_on INTEGER,
          since INTEGER NOT NULL,
          products INTEGER NOT NULL DEFAULT 0,
          embedded INTEGER NOT NULL DEFAULT 0,
          floor INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE TABLE embedding (
          encoder INTEGER NOT NULL,
          product TEXT NOT NULL,
          version INTEGER NOT NULL,
          product_version INTEGER NOT NULL,
          text_hash TEXT,
          has_vector INTEGER NOT NULL,
          PRIMARY KEY (encoder, product)
        ) STRICT, WITHOUT ROWID`,
    },
  ],
})

export const recordOf = (row: EncoderRow): CountedEncoder => ({
  description: {
    encoder: row.id,
    kind: row.kind as EncoderDescription['kind'],
    name: row.name,
    dimensions: row.dimensions,
    languages: row.languages === null ? null : (JSON.parse(row.languages) as string[]),
  },
  state: row.state as EncoderState,
  version: row.version,
  vectors: row.vectors,
  trainedOn: row.trained_on,
  since: row.since,
  products: row.products,
  embedded: row.embedded,
})

export const standingOf = (row: StandingRow | undefined, floor: number): VectorStanding =>
  row === undefined
    ? { version: floor, productVersion: -1, textHash: null, hasVector: false }
    : {
        version: row.version,
        productVersion: row.product_version,
        textHash: row.text_hash,
        hasVector: row.has_vector === 1,
      }
