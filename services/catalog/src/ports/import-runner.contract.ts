import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ImportRejection, Product } from '@eip/contracts'
import { temporaryDirectory } from '@eip/testkit'
import { describe, expect, it } from 'vitest'
import type { ImportJob, ImportRunner, ImportStep, LoadedProducts } from './import-runner.port.ts'

/** Takes products as the catalogue does: by id, unchanged where they say the same. */
function shelf() {
  const products = new Map<string, string>()
  const load = async (given: readonly Product[]): Promise<LoadedProducts> => {
    const count = { created: 0, updated: 0, unchanged: 0 }
    for (const product of given) {
      const before = products.get(product.id)
      const text = JSON.stringify(product)
      products.set(product.id, text)
      count[before === undefined ? 'created' : before === text ? 'unchanged' : 'updated'] += 1
    }
    return { ...count, rejected: [] }
  }
  return { products, load }
}

const rows = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => JSON.stringify({ id: `p${from + i}`, title: `Product ${from + i}` }))

/** One run in a folder of its own; what it says and leaves behind. */
async function runIn(folder: string, runner: ImportRunner, lines: readonly string[], given: Partial<ImportJob> = {}) {
  const file = join(folder, 'products.jsonl')
  const rejectedFile = join(folder, 'rejected', 'rows.jsonl')
  writeFileSync(file, `${lines.join('\n')}\n`)
  const steps: ImportStep[] = []
  const { signal } = new AbortController()
  const onProgress = (step: ImportStep) => steps.push(step)
  const options = { map: [], ignore: [] }
  const outcome = await runner.run({ file, options, rejectedFile, load: shelf().load, onProgress, signal, ...given })
  const rejected = existsSync(rejectedFile) ? readFileSync(rejectedFile, 'utf8').trimEnd().split('\n') : []
  return { outcome, steps, rejected: rejected.map((line) => JSON.parse(line) as ImportRejection) }
}

/** Every adapter keeps these laws. */
export function importRunnerContract(open: (folder: string) => ImportRunner): void {
  describe('import runner', () => {
    it('counts each row once, and sets aside what does not go in', async () => {
      using folder = temporaryDirectory()
      const { products, load } = shelf()
      const lines = ['{"id":"x"}', ...rows(0, 5), 'no JSON', '{"id":"p4","title":"Again"}']
      const { outcome, rejected } = await runIn(folder.path, open(folder.path), lines, { load })
      expect(outcome).toEqual({
        rows: { read: 8, kept: 5, setAside: 2, duplicates: 1, created: 5, updated: 0, unchanged: 0 },
        repaired: {},
        fault: null,
      })
      expect(products.get('p4')).toContain('Again')
      expect(rejected.map(({ line, field }) => [line, field])).toEqual([
        [1, 'title'],
        [7, 'row'],
      ])
      expect(rejected[1]).toMatchObject({ reason: expect.stringContaining('line 7'), text: 'no JSON' })
    })

    it('changes nothing with the same file again', async () => {
      using folder = temporaryDirectory()
      const { load } = shelf()
      const runner = open(folder.path)
      await runIn(folder.path, runner, rows(0, 5), { load })
      const { outcome, rejected } = await runIn(folder.path, runner, rows(0, 5), { load })
      expect(outcome.rows).toMatchObject({ read: 5, kept: 5, created: 0, unchanged: 5 })
      expect(rejected).toEqual([])
    })

    it('counts what the taker refuses as set aside, at the line where it stood', async () => {
      using folder = temporaryDirectory()
      const { load } = shelf()
      const refusing = async (given: readonly Product[]) => {
        const index = given.findIndex(({ id }) => id === 'p1100')
        const taken = await load(given.filter((_, at) => at !== index))
        const refusal = { index, id: 'p1100', field: 'title', reason: 'is not liked' }
        return { ...taken, rejected: index === -1 ? [] : [refusal] }
      }
      const { outcome, rejected } = await runIn(folder.path, open(folder.path), rows(0, 1_200), { load: refusing })
      expect(outcome.rows).toMatchObject({ read: 1_200, kept: 1_199, setAside: 1, created: 1_199 })
      expect(rejected).toMatchObject([{ line: 1_101, field: 'title', reason: expect.stringContaining('is not liked') }])
    })

    it('says how far it is', async () => {
      using folder = temporaryDirectory()
      const { steps } = await runIn(folder.path, open(folder.path), rows(0, 3_000))
      expect(steps.length).toBeGreaterThan(0)
      const phases = ['hashing', 'reading', 'loading']
      for (const [at, { phase, share, read }] of steps.entries()) {
        expect(share >= 0 && share <= 1).toBe(true)
        expect(phases.indexOf(phase)).toBeGreaterThanOrEqual(phases.indexOf(steps[at - 1]?.phase ?? 'hashing'))
        expect(read).toBeGreaterThanOrEqual(steps[at - 1]?.read ?? 0)
      }
    })

    it('rejects as the taker does, and leaves no file behind', async () => {
      using folder = temporaryDirectory()
      const load = () => Promise.reject(new Error('the shelf is broken'))
      const run = runIn(folder.path, open(folder.path), ['no JSON', ...rows(0, 5)], { load })
      await expect(run).rejects.toThrow('the shelf is broken')
      expect(existsSync(join(folder.path, 'rejected', 'rows.jsonl'))).toBe(false)
    })

    it('loads nothing more after the signal', async () => {
      using folder = temporaryDirectory()
      const stopping = new AbortController()
      let isLoading = false
      let loads = 0
      const load = async () => {
        loads += 1
        isLoading = true
        stopping.abort()
        await new Promise(setImmediate)
        isLoading = false
        return { created: 0, updated: 0, unchanged: 0, rejected: [] }
      }
      const run = runIn(folder.path, open(folder.path), rows(0, 3_000), { load, signal: stopping.signal })
      await expect(run).rejects.toMatchObject({ name: 'AbortError' })
      expect([loads, isLoading]).toEqual([1, false])
    })

    it('knows how rows cannot be read', () => {
      using folder = temporaryDirectory()
      const runner = open(folder.path)
      expect(runner.fault({ map: ['title=name'], ignore: ['*'] })).toBeNull()
      expect(runner.fault({ map: ['colour'], ignore: [] })).toContain('colour')
    })
  })
}
