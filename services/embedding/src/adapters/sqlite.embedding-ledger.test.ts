import { join } from 'node:path'
import { temporaryDirectory } from '@eip/testkit'
import { afterEach, beforeEach, describe } from 'vitest'
import { type EmbeddingLedgerHarness, embeddingLedgerContract } from '../ports/embedding-ledger.contract.ts'
import { openSqliteLedger } from './sqlite.embedding-ledger.fixture.ts'

let directory: ReturnType<typeof temporaryDirectory>
beforeEach(() => {
  directory = temporaryDirectory()
})
afterEach(() => directory[Symbol.dispose]())

async function open(): Promise<EmbeddingLedgerHarness> {
  const { ledger, outbox, close } = await openSqliteLedger(join(directory.path, 'embedding.sqlite'))
  return {
    ledger,
    sent: async () => (await outbox.next(1_000)).map(({ event }) => event),
    reopen: async () => {
      await close()
      return open()
    },
    close,
  }
}

describe('sqlite', () => embeddingLedgerContract(open))
