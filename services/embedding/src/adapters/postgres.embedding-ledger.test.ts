import { postgresOutboxMigrations } from '@eip/database/postgres'
import { type TemporarySchema, temporarySchema } from '@eip/database/testing'
import { testEngines } from '@eip/testkit'
import { describe, expect, it } from 'vitest'
import type { EncoderRecord } from '../domain/encoder-states.ts'
import { decideVector } from '../domain/vector-change.ts'
import { type EmbeddingLedgerHarness, embeddingLedgerContract } from '../ports/embedding-ledger.contract.ts'
import { postgresEmbeddingLedger } from './postgres.embedding-ledger.ts'
import { type EmbeddingTables, embeddingLedgerMigrations } from './sql.embedding-tables.ts'

const url = testEngines.postgres ?? ''

const newSchema = () => temporarySchema(url, [embeddingLedgerMigrations, ...postgresOutboxMigrations])
const joinIn = async (schema: TemporarySchema) => {
  const { database, outbox, sent, leave } = await schema.join<EmbeddingTables>()
  return { ledger: postgresEmbeddingLedger({ database, outbox }), sent, leave }
}

async function open(): Promise<EmbeddingLedgerHarness> {
  const schema = await newSchema()
  const harness = async (): Promise<EmbeddingLedgerHarness> => {
    const { ledger, sent, leave } = await joinIn(schema)
    return { ledger, sent, reopen: () => leave().then(harness), close: schema.dispose }
  }
  return harness()
}

describe.skipIf(url === '')('postgres (needs TEST_POSTGRES_URL)', () => {
  embeddingLedgerContract(open)

  it('decides on what another process has recorded, and counts exactly', async () => {
    await using schema = await newSchema()
    const [one, other] = [await joinIn(schema), await joinIn(schema)]
    let events = 0
    const occasion = { now: 1, newEventId: () => `event ${events++}` }
    const encoder: EncoderRecord = {
      description: { encoder: 'a', kind: 'transformer', name: 'A model', dimensions: 1, languages: null },
      ...{ state: 'filling', version: 1, vectors: 1, trainedOn: null, since: 1 },
    }
    await one.ledger.changeEncoders(occasion, () => [encoder])
    const record = ({ ledger }: typeof one, productVersion: number) =>
      ledger.record(
        'a',
        ['x', 'y', 'z'].map((id) => ({
          ...{ id, productVersion, market: {}, trace: undefined },
          read: { outcome: 'embedded', textHash: `text ${productVersion}`, vector: Float32Array.of(1) } as const,
        })),
        (request, standing) => decideVector('a', request, standing, occasion),
      )
    await Promise.all(Array.from({ length: 20 }, (_, round) => record(round % 2 === 0 ? one : other, round + 1)))
    expect((await other.ledger.encoders()).map(({ products, embedded }) => [products, embedded])).toEqual([[3, 3]])
    const sent = (await one.sent()).filter(({ key }) => key === 'a/x')
    expect(sent.map(({ version }) => version)).toEqual(sent.map((_, index) => index + 1))
    const [standing] = await one.ledger.standings('a', ['x'])
    expect(standing).toMatchObject({ version: sent.length, productVersion: 20, textHash: 'text 20' })
  })
})
