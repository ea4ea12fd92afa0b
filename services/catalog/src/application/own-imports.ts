import { type CatalogContract, catalogFailure, type ProductImport } from '@eip/contracts'
import type { Clock } from '@eip/kernel'
import type { Handlers } from '@eip/rpc'
import type { Logger } from '@eip/telemetry'
import { cancelled, type ImportRecord, importLimits, isOver } from '../domain/import-record.ts'
import type { ImportBook } from '../ports/import-book.port.ts'
import type { ImportJob, ImportRunner } from '../ports/import-runner.port.ts'
import { importQueue } from './import-queue.ts'
import { importSpool } from './import-spool.ts'
import { openImports } from './open-imports.ts'
import { appendImport, beginImport } from './receive-imports.ts'
import { rejectedPages } from './rejected-pages.ts'
import { dropAbandoned, resumeImports } from './resume-imports.ts'

export type ImportNeeds = Readonly<{
  importBook: ImportBook
  importRunner: ImportRunner
  /** A folder for files on their way in, and for nothing else. */
  spoolDirectory: string
  /** Where rows that did not go in are kept, a file each import. */
  rejectedDirectory: string
  /** False in a command that has the shop for itself for a moment, and the lake too: what waits is left to the platform. */
  runsImports: boolean
  clock: Clock
  logger: Logger
}>

type ImportOperation = 'beginImport' | 'appendImport' | 'cancelImport' | 'listImports' | 'getImport' | 'rejectedRows'

export type OwnImports = Readonly<{
  handlers: Pick<Handlers<CatalogContract>, ImportOperation>
  /** Takes up what an earlier run left. */
  start(): Promise<void>
  /** May be called again. */
  stop(): Promise<void>
}>

/** Files of products, from their first byte to the last row. */
export function ownImports(needs: ImportNeeds & Readonly<{ load: ImportJob['load'] }>): OwnImports {
  const { importBook, importRunner: runner, clock } = needs
  const imports = openImports(importBook)
  const spool = importSpool(needs.spoolDirectory)
  const rejected = rejectedPages(needs.rejectedDirectory)
  const queue = importQueue({ ...needs, imports, spool, rejected, runner })
  const around = { imports, spool, runner, clock }
  const begin = beginImport(around)
  const append = appendImport(around)
  const resume = resumeImports(around)
  const tidy = dropAbandoned(around)
  const runNext = needs.runsImports ? queue.next : () => {}

  const shown = ({ heardAt: _, ...record }: ImportRecord): ProductImport => {
    const step = record.state === 'running' ? queue.stepOf(record.id) : null
    if (step === null) return { ...record, phase: null, share: record.state === 'done' ? 1 : 0 }
    return { ...record, phase: step.phase, share: step.share, rows: step.rows }
  }
  /** One that is not run yet, or no longer. */
  const discard = async (id: string): Promise<void> => {
    const record = imports.find(id)
    if (record === null || isOver(record)) return
    await imports.put(cancelled(record, clock.now()))
    await spool.remove(id)
  }
  const cancel = (id: string): Promise<ImportRecord> =>
    imports.inTurn(id, async () => {
      const before = await imports.require(id)
      if (!isOver(before)) await (queue.cancel(id) ?? discard(id))
      const after = await imports.require(id)
      if (isOver(before) || after.state !== 'cancelled')
        throw catalogFailure('catalog.import-over', `import "${id}" is over: it is ${after.state}`)
      return after
    })

  const handlers: OwnImports['handlers'] = {
    async beginImport(given) {
      await tidy()
      return shown(await begin(given))
    },
    async appendImport(given) {
      const record = await append(given)
      runNext()
      return shown(imports.find(record.id) ?? record)
    },
    cancelImport: async ({ id }) => shown(await cancel(id)),
    async listImports() {
      // Whoever looks sees what is abandoned as such.
      await tidy()
      return { imports: (await imports.newest(importLimits.listed)).map(shown) }
    },
    getImport: async ({ id }) => shown(await imports.require(id)),
    async rejectedRows({ id, offset, size }) {
      // Until it is over, what stands there may be of a run that was broken off.
      if (!isOver(await imports.require(id))) return { rows: [], total: 0 }
      return rejected.page(id, offset, size)
    },
  }
  return Object.freeze({
    handlers,
    async start() {
      await resume()
      runNext()
    },
    stop: queue.stop,
  })
}
