import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { ImportRejection, Product } from '@eip/contracts'
import { aProduct } from '@eip/testkit'
import { noRows } from './domain/import-record.ts'
import type { ImportJob, ImportRunner, LoadedProducts } from './ports/import-runner.port.ts'

type Row = { line: number; product: Product; text: string }
type Refusal = Pick<ImportRejection, 'field' | 'reason'>

function readRow(text: string): Product | Refusal {
  try {
    const { id, title } = JSON.parse(text) as Partial<Product>
    if (typeof id !== 'string') return { field: 'id', reason: 'is missing' }
    return typeof title === 'string' ? aProduct({ id, title }) : { field: 'title', reason: 'is missing' }
  } catch {
    return { field: 'row', reason: 'is not JSON' }
  }
}

const rejection = ({ line, text }: Omit<Row, 'product'>, { field, reason }: Refusal): ImportRejection => ({
  ...{ line, field, text },
  reason: `line ${line}: ${reason}`,
})

/** The last good row of each id, in the file's order, and what does not go in. */
function readFile(file: string) {
  const rejected: ImportRejection[] = []
  const rows = new Map<string, Row>()
  const lines = readFileSync(file, 'utf8').split('\n')
  let read = 0
  for (const [at, text] of lines.entries()) {
    if (text.trim() === '') continue
    read += 1
    const found = readRow(text)
    if ('reason' in found) {
      rejected.push(rejection({ line: at + 1, text }, found))
      continue
    }
    rows.delete(found.id)
    rows.set(found.id, { line: at + 1, product: found, text })
  }
  return { read, kept: [...rows.values()], rejected, duplicates: read - rejected.length - rows.size }
}

function writeRejected(file: string, rejected: readonly ImportRejection[]): void {
  rmSync(file, { force: true })
  if (rejected.length === 0) return
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, rejected.map((row) => `${JSON.stringify(row)}\n`).join(''))
}

/** Products of id and title only, from plain JSON lines, in this process. `before` may wait, fail, or look on. */
export function inlineImportRunner() {
  const before: { load: (job: ImportJob) => void | Promise<void> } = { load: () => {} }
  const runner: ImportRunner = {
    fault({ map }) {
      const bad = map.find((mapping) => !mapping.includes('='))
      return bad === undefined ? null : `mapping "${bad}" is not of the form FIELD=SOURCE`
    },
    async run(job) {
      const { file, rejectedFile, load, onProgress, signal } = job
      const { read, kept, rejected, duplicates } = readFile(file)
      onProgress({ phase: 'reading', share: 1, read })
      const total: LoadedProducts = { created: 0, updated: 0, unchanged: 0, rejected: [] }
      const count = { ...total }
      for (let start = 0; start < kept.length; start += 1_000) {
        signal.throwIfAborted()
        await before.load(job)
        signal.throwIfAborted()
        const batch = kept.slice(start, start + 1_000)
        const loaded = await load(batch.map(({ product }) => product))
        for (const outcome of ['created', 'updated', 'unchanged'] as const) count[outcome] += loaded[outcome]
        for (const { index, ...refusal } of loaded.rejected) rejected.push(rejection(batch[index] as Row, refusal))
        onProgress({ phase: 'loading', share: (start + batch.length) / kept.length, read })
      }
      signal.throwIfAborted()
      writeRejected(rejectedFile, rejected)
      const { created, updated, unchanged } = count
      const counted = { read, duplicates, setAside: rejected.length, created, updated, unchanged }
      const rows = { ...noRows, ...counted, kept: created + updated + unchanged }
      return { rows, repaired: {}, fault: null }
    },
  }
  return { runner, before }
}
