import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { constants, getPriority } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { Product } from '@eip/contracts'
import { testBucket } from '@eip/file-store/testing'
import { openLake } from '@eip/lake'
import type { ImportJob, ImportStep } from '@eip/service-catalog'
import { importRunnerContract } from '@eip/service-catalog/import-runner-contract'
import { temporaryDirectory, testEngines, until } from '@eip/testkit'
import { describe, expect, it } from 'vitest'
import type { FilesAddress } from '../backends/files.ts'
import { type ChildImportRunnerOptions, childImportRunner } from './child.import-runner.ts'
import { openSharedLake } from './shared-lake.ts'

const script = new URL('./child.import-runner.fixture.ts', import.meta.url)
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** A run in a folder; `steps` and `loaded` are what it said and brought so far. */
function runOf(folder: string, name: string, options: Partial<ChildImportRunnerOptions & ImportJob> = {}) {
  const steps: ImportStep[] = []
  const loaded: string[] = []
  const stopping = new AbortController()
  const runner = childImportRunner({ lake: join(folder, 'lake'), ...options })
  const ended = runner.run({
    file: join(folder, name),
    options: { map: [], ignore: [] },
    rejectedFile: join(folder, 'rejected.jsonl'),
    load: async (products: readonly Product[]) => {
      loaded.push(...products.map(({ id }) => id))
      return { created: products.length, updated: 0, unchanged: 0, rejected: [] }
    },
    onProgress: (step) => steps.push(step),
    signal: stopping.signal,
    ...options,
  })
  ended.catch(() => {})
  return { ended, steps, loaded, stopping }
}

const lines = (count: number) =>
  Array.from({ length: count }, (_, i) => `${JSON.stringify({ id: `p${i}`, title: `Product number ${i * 7_919}` })}\n`)

/** Imports ten products with their parts in a store, and counts them as a process with a folder of its own does. */
async function readElsewhere(folder: string, files: FilesAddress): Promise<number> {
  writeFileSync(join(folder, 'a.jsonl'), lines(10).join(''))
  await runOf(folder, 'a.jsonl', { files }).ended
  const elsewhere = await openSharedLake(join(folder, 'elsewhere'), files)
  try {
    let found = 0
    for await (const rows of elsewhere.query(`SELECT 1 AS row FROM ${elsewhere.source('products')}`))
      found += rows.length
    return found
  } finally {
    await elsewhere.close()
  }
}

describe('child', () => importRunnerContract((folder) => childImportRunner({ lake: join(folder, 'lake') })))

describe('an import in a child process', () => {
  it('says what the child died of', async () => {
    using folder = temporaryDirectory()
    await expect(runOf(folder.path, 'die', { script }).ended).rejects.toMatchObject({
      ...{ code: 'import.run-failed', message: expect.stringContaining('out of memory') },
    })
  })

  it('runs at low priority, and is gone when it is told to stop', async () => {
    using folder = temporaryDirectory()
    const { ended, steps, stopping } = runOf(folder.path, 'wait', { script })
    const { read: child } = await until('the child speaks', () => steps[0])
    await until('its priority is low', () => getPriority(child) === constants.priority.PRIORITY_LOW)
    writeFileSync(join(folder.path, 'rejected.jsonl.part'), 'half a row')
    stopping.abort()
    await expect(ended).rejects.toMatchObject({ name: 'AbortError' })
    expect(isAlive(child)).toBe(false)
    expect(existsSync(join(folder.path, 'rejected.jsonl.part'))).toBe(false)
  })

  it('that is killed says so', async () => {
    using folder = temporaryDirectory()
    const { ended, steps } = runOf(folder.path, 'wait', { script })
    process.kill((await until('the child speaks', () => steps[0])).read, 'SIGKILL')
    await expect(ended).rejects.toThrow(/SIGKILL/)
  })
})

describe('the import of products', () => {
  it('ends with the process that began it', async () => {
    using folder = temporaryDirectory()
    writeFileSync(join(folder.path, 'a.jsonl'), lines(10).join(''))
    const entry = new URL('./child.import-runner.ts', import.meta.url).href
    const code = `
      const { childImportRunner } = await import(process.argv[1])
      const [lake, file, rejectedFile] = process.argv.slice(2)
      const load = () => new Promise(() => process.stdout.write('loading'))
      const { signal } = new AbortController()
      const job = { file, rejectedFile, options: { map: [], ignore: [] }, load, onProgress() {}, signal }
      await childImportRunner({ lake }).run(job)`
    const [lake, file, rejected] = ['lake', 'a.jsonl', 'rejected'].map((name) => join(folder.path, name))
    const parent = spawn(process.execPath, ['--input-type=module', '-e', code, entry, lake!, file!, rejected!])
    await once(parent.stdout, 'data')
    await expect(openLake(lake!)).rejects.toMatchObject({ code: 'lake.in-use' })
    parent.kill('SIGKILL')
    const free = await until('the lake is free', () => openLake(lake!).catch(() => null))
    await free.close()
  })

  it('of a gzip that was cut off brings what stands before, and says where it broke', async () => {
    using folder = temporaryDirectory()
    const whole = gzipSync(lines(20_000).join(''))
    writeFileSync(join(folder.path, 'cut.gz'), whole.subarray(0, whole.length / 2))
    const { ended, loaded } = runOf(folder.path, 'cut.gz')
    const { rows, fault } = await ended
    expect(rows.kept).toBe(loaded.length)
    expect(rows.kept).toBeGreaterThan(0)
    expect(fault).toMatchObject({ line: rows.read + 1, reason: expect.stringContaining('cut off') })
  })

  it('fills fields from where the file has them', async () => {
    using folder = temporaryDirectory()
    writeFileSync(join(folder.path, 'a.jsonl'), '{"sku":"k1","name":"Kettle","price":"19.90","secret":1}\n')
    const options = { map: ['id=sku', 'title=name'], ignore: ['*'], currency: 'EUR', language: 'en' }
    const seen: Product[] = []
    const load = async (products: readonly Product[]) => {
      seen.push(...products)
      return { created: products.length, updated: 0, unchanged: 0, rejected: [] }
    }
    await runOf(folder.path, 'a.jsonl', { options, load }).ended
    expect(seen).toMatchObject([
      { id: 'k1', title: 'Kettle', price: { amount: 1_990, currency: 'EUR' }, language: 'en', attributes: {} },
    ])
  })

  it('brings a part that another process reads from the shared folder', async () => {
    using folder = temporaryDirectory()
    const url = pathToFileURL(join(folder.path, 'shared')).href
    expect(await readElsewhere(folder.path, { url, region: 'us-east-1' })).toBe(10)
  })

  const s3 = testEngines.s3 ?? ''
  it.skipIf(s3 === '')('brings it to a bucket as well (needs TEST_S3_ENDPOINT)', async () => {
    using folder = temporaryDirectory()
    const { options } = await testBucket(s3)
    expect(await readElsewhere(folder.path, options)).toBe(10)
  })

  it('keeps the key to the store out of what everybody on the machine may read', async () => {
    using folder = temporaryDirectory()
    const files = { url: 's3://b', region: 'r', accessKeyId: 'k', secretAccessKey: 'not-for-everybody' }
    const { ended, steps, stopping } = runOf(folder.path, 'wait', { script, files })
    const { read: child } = await until('the child speaks', () => steps[0])
    const seen = await text(spawn('ps', ['-ww', '-o', 'args=', '-p', String(child)]).stdout)
    expect(seen).toContain('child.import-runner')
    expect(seen).not.toContain('not-for-everybody')
    stopping.abort()
    await ended.catch(() => {})
  })

  it('waits while another import has the lake', async () => {
    using folder = temporaryDirectory()
    writeFileSync(join(folder.path, 'a.jsonl'), lines(10).join(''))
    const lake = await openLake(join(folder.path, 'lake'))
    const { ended, loaded, steps } = runOf(folder.path, 'a.jsonl')
    await until('it has tried twice', () => steps.length >= 2)
    expect(steps.at(-1)).toEqual({ phase: 'hashing', share: 0, read: 0 })
    expect(loaded).toEqual([])
    await lake.close()
    expect((await ended).rows.kept).toBe(10)
  })

  it('says in the end that another one has it', async () => {
    using folder = temporaryDirectory()
    writeFileSync(join(folder.path, 'a.jsonl'), lines(10).join(''))
    const lake = await openLake(join(folder.path, 'lake'))
    const { ended } = runOf(folder.path, 'a.jsonl', { lakePatienceMs: 1 })
    await expect(ended).rejects.toThrow(/open in another process\. Stop the other process/)
    await lake.close()
  })

  it('fails with a sentence where the lake is none', async () => {
    using folder = temporaryDirectory()
    mkdirSync(join(folder.path, 'rejected'))
    writeFileSync(join(folder.path, 'lake'), 'a file')
    writeFileSync(join(folder.path, 'a.jsonl'), lines(10).join(''))
    await expect(runOf(folder.path, 'a.jsonl').ended).rejects.toThrow(/cannot be opened/)
  })
})
