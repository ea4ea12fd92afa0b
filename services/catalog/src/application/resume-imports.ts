import type { Clock } from '@eip/kernel'
import { cancelled, failed, type ImportRecord, isAbandoned, noRows } from '../domain/import-record.ts'
import type { ImportSpool } from './import-spool.ts'
import type { OpenImports } from './open-imports.ts'

export type ResumeNeeds = Readonly<{ imports: OpenImports; spool: ImportSpool; clock: Clock }>

/** Of files of which nothing came for a day. */
export const dropAbandoned =
  ({ imports, spool, clock }: ResumeNeeds) =>
  async (): Promise<void> => {
    const isGone = (record: ImportRecord) => isAbandoned(record, clock.now())
    for (const { id } of imports.all().filter(isGone))
      await imports.inTurn(id, async () => {
        const record = imports.find(id)
        if (record === null || !isGone(record)) return
        await imports.put(cancelled(record, clock.now()))
        await spool.remove(id)
      })
  }

/**
 * Takes up what an earlier run of the program left: what was on its way goes on with the bytes that are there, what was
 * complete waits, and what was running runs again from its beginning.
 */
export const resumeImports = (needs: ResumeNeeds) => async (): Promise<void> => {
  const { imports, spool } = needs
  await imports.load()
  await spool.keepOnly(imports.all().map(({ id }) => id))
  await dropAbandoned(needs)()
  for (const record of imports.all()) await imports.put(await resumed(record, needs))
}

async function resumed(record: ImportRecord, { spool, clock }: ResumeNeeds): Promise<ImportRecord> {
  const { id, bytes } = record
  const received = Math.min(await spool.size(id), bytes)
  const isWhole = received === bytes
  if (record.state === 'receiving' && !isWhole) return { ...record, received }
  if (!isWhole) return failed(record, `of its file only ${received} of ${bytes} bytes are left`, clock.now())
  await spool.sync(id)
  return { ...record, received, state: 'waiting', rows: noRows }
}
