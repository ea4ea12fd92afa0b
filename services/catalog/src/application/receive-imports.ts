import { type CatalogContract, catalogFailure } from '@eip/contracts'
import { type Clock, newId } from '@eip/kernel'
import type { ParsedInputOf } from '@eip/rpc'
import { chunkFit } from '../domain/chunk-fit.ts'
import { type ImportRecord, importLimits, isPending, newImport } from '../domain/import-record.ts'
import type { ImportRunner } from '../ports/import-runner.port.ts'
import type { ImportSpool } from './import-spool.ts'
import type { OpenImports } from './open-imports.ts'

type Begin = ParsedInputOf<CatalogContract['beginImport']>
type Append = ParsedInputOf<CatalogContract['appendImport']>

export type ReceiveNeeds = Readonly<{
  imports: OpenImports
  spool: ImportSpool
  runner: Pick<ImportRunner, 'fault'>
  clock: Clock
}>

export const beginImport =
  ({ imports, runner, clock }: ReceiveNeeds) =>
  async ({ by, ...given }: Begin): Promise<ImportRecord> => {
    const fault = runner.fault(given.options)
    if (fault !== null) throw catalogFailure('catalog.bad-import', fault)
    const pending = imports.all().filter(isPending).length
    if (pending >= importLimits.pending) {
      const message = `${pending} imports are on their way or waiting, and there may be no more: let one end, or cancel one`
      throw catalogFailure('catalog.bad-import', message, { pending })
    }
    const now = clock.now()
    const record = newImport({ ...given, id: newId(now), startedBy: by, now })
    return imports.put(record).catch((error: unknown) => {
      imports.forget(record.id)
      throw error
    })
  }

/** Answers with the import as it then is; with its last byte it waits to be run. */
export const appendImport =
  ({ imports, spool, clock }: ReceiveNeeds) =>
  ({ id, offset, data }: Append): Promise<ImportRecord> =>
    imports.inTurn(id, async () => {
      const record = await imports.require(id)
      const { bytes, received } = record
      if (record.state === 'cancelled') throw catalogFailure('catalog.import-over', `import "${id}" was cancelled`)
      const chunk = Buffer.from(data, 'base64')
      const found = chunkFit(record, offset, chunk.length)
      switch (found.fit) {
        case 'known':
          return record
        case 'beyond': {
          const message = `the file was to have ${bytes} bytes; data at offset ${offset} would make it ${offset + chunk.length}`
          throw catalogFailure('catalog.bad-import', message, { bytes })
        }
        case 'gap': {
          const message = `import "${id}" has received ${received} bytes; data came for offset ${offset}`
          throw catalogFailure('catalog.import-out-of-step', message, { received })
        }
        case 'next':
          await spool.write(id, received, chunk.subarray(found.skip))
      }
      const grown = { ...record, received: offset + chunk.length, heardAt: clock.now() }
      if (grown.received < bytes) return imports.put(grown)
      await spool.sync(id)
      return imports.put({ ...grown, state: 'waiting' })
    })
