import { catalogFailure } from '@eip/contracts'
import { type ImportRecord, isOver } from '../domain/import-record.ts'
import type { ImportBook } from '../ports/import-book.port.ts'

/** The imports that are not over, in memory and in the book. */
export interface OpenImports {
  /** In the order in which they began, those of earlier runs of the program first. */
  all(): readonly ImportRecord[]
  find(id: string): ImportRecord | null
  /** Open or over. Fails with `catalog.no-such-import`. */
  require(id: string): Promise<ImportRecord>
  newest(count: number): Promise<readonly ImportRecord[]>
  /** In memory at once, in the book when it resolves. */
  put(record: ImportRecord): Promise<ImportRecord>
  forget(id: string): void
  /** Work on one import runs one after the other. */
  inTurn<T>(id: string, work: () => Promise<T>): Promise<T>
  /** Takes up what the book holds. */
  load(): Promise<void>
}

export function openImports(book: ImportBook): OpenImports {
  const records = new Map<string, ImportRecord>()
  const turns = new Map<string, Promise<unknown>>()
  return Object.freeze({
    all: () => [...records.values()],
    find: (id) => records.get(id) ?? null,
    async require(id) {
      const found = records.get(id) ?? (await book.read(id))
      if (found === null) throw catalogFailure('catalog.no-such-import', `there is no import with the id "${id}"`)
      return found
    },
    async newest(count) {
      return (await book.newest(count)).map((record) => records.get(record.id) ?? record)
    },
    async put(record) {
      records.set(record.id, record)
      await book.save(record)
      if (isOver(record)) records.delete(record.id)
      return record
    },
    forget: (id) => void records.delete(id),
    async inTurn<T>(id: string, work: () => Promise<T>): Promise<T> {
      const turn = (turns.get(id) ?? Promise.resolve()).then(work)
      const settled = turn.catch(() => {})
      turns.set(id, settled)
      await settled
      if (turns.get(id) === settled) turns.delete(id)
      return turn
    },
    async load() {
      for (const record of await book.unfinished()) records.set(record.id, record)
    },
  } satisfies OpenImports)
}
