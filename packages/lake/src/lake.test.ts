import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type FileStore, removeFileSet } from '@eip/file-store'
import { folderFileStore } from '@eip/file-store/folder'
import { s3FileStore } from '@eip/file-store/s3'
import { testBucket } from '@eip/file-store/testing'
import { isFailure } from '@eip/kernel'
import { temporaryDirectory, testEngines } from '@eip/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Lake, type LakeRow, openLake } from './index.ts'

const columns = { line: 'integer', id: 'text', share: 'double' } as const
const noon = new Date('2026-03-01T12:00:00Z')

const all = async (lake: Lake, sql: string, values: readonly (string | number)[] = []): Promise<LakeRow[]> => {
  const rows: LakeRow[] = []
  for await (const batch of lake.query(sql, values)) rows.push(...batch)
  return rows
}
const writePart = async (lake: Lake, part: string, ids: readonly string[], recordedAt = noon) => {
  const writer = await lake.write({ dataset: 'things', part, recordedAt, columns })
  await writer.append(ids.map((id, line) => [line, id, line === 0 ? null : line / 4]))
  return writer.commit()
}
const codeOf = (work: Promise<unknown>) => work.then(String, (error) => (isFailure(error) ? error.code : String(error)))

const inFolder = async (directory: string) => folderFileStore({ folder: join(directory, '.store') })
const inBucket = async () => s3FileStore((await testBucket(testEngines.s3!)).options)

describe.each([
  { where: 'in its folder', filesOf: async () => undefined, skipped: false },
  { where: 'on a shared folder', filesOf: inFolder, skipped: false },
  { where: 'on s3 (needs TEST_S3_ENDPOINT)', filesOf: inBucket, skipped: !testEngines.s3 },
])('the lake $where', ({ filesOf, skipped }) => {
  if (skipped) return void it.skip('keeps its laws')
  let directory: string
  let lake: Lake
  let files: FileStore | undefined
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'lake-'))
    files = await filesOf(directory)
    lake = await openLake(directory, { memoryLimitMb: 128, files })
  })
  afterEach(async () => {
    await lake.close()
    rmSync(directory, { recursive: true, force: true })
  })

  it('gives back what was written, in order, with its part and time', async () => {
    expect(await writePart(lake, 'p1', ['a', '가방', "o'hara"])).toBe(3)
    const rows = await all(lake, `SELECT * FROM ${lake.source('things')} ORDER BY line`)
    expect(rows.map((row) => [row.line, row.id, row.share])).toEqual([
      [0, 'a', null],
      [1, '가방', 0.25],
      [2, "o'hara", 0.5],
    ])
    expect(rows[0]).toMatchObject({ part: 'p1', recorded_on: '2026-03-01', recorded_at: '2026-03-01 12:00:00+00' })
  })

  it('keeps a part in the UTC day of its recording, whatever the local one', async () => {
    await writePart(lake, 'late', ['a'], new Date('2026-03-01T23:30:00-05:00'))
    expect(await lake.parts('things')).toMatchObject([{ part: 'late', recordedOn: '2026-03-02', files: 1 }])
    expect(await lake.parts('nothing')).toEqual([])
  })

  it('replaces a part of the same name and leaves the others', async () => {
    await writePart(lake, 'p1', ['a', 'b'])
    await writePart(lake, 'p2', ['c'])
    await writePart(lake, 'p1', ['d'])
    expect((await all(lake, `SELECT id FROM ${lake.source('things')} ORDER BY id`)).map((row) => row.id)).toEqual([
      'c',
      'd',
    ])
    expect(await all(lake, `SELECT id FROM ${lake.source('things', 'p1')} WHERE id = $1`, ['d'])).toEqual([{ id: 'd' }])
  })

  it('shows nothing of a part before it is committed, nor after it is discarded', async () => {
    await writePart(lake, 'p1', ['a'])
    const writer = await lake.write({ dataset: 'things', part: 'p1', recordedAt: noon, columns })
    await writer.append([[1, 'b', 1]])
    expect(await all(lake, `SELECT id FROM ${lake.source('things')}`)).toEqual([{ id: 'a' }])
    await writer.discard()
    expect(await all(lake, `SELECT id FROM ${lake.source('things')}`)).toEqual([{ id: 'a' }])
  })

  it('says why a part could not be written, and goes on', async () => {
    const writer = await lake.write({ dataset: 'things', part: 'bad', recordedAt: noon, columns })
    await writer.append([['seven', 'a', 1]])
    expect(await codeOf(writer.commit())).toBe('lake.write-failed')
    await writer.discard()
    expect(await lake.parts('things')).toEqual([])
    expect(await writePart(lake, 'good', ['a'])).toBe(1)
  })

  it('keeps a part without rows', async () => {
    expect(await writePart(lake, 'empty', [])).toBe(0)
    expect(await all(lake, `SELECT id FROM ${lake.source('things')}`)).toEqual([])
  })

  it('splits large parts into files and reads them back whole', async () => {
    const writer = await lake.write({ dataset: 'things', part: 'big', recordedAt: noon, columns })
    const text = 'x'.repeat(4_000)
    for (let start = 0; start < 16_000; start += 1_000)
      await writer.append(Array.from({ length: 1_000 }, (_, index) => [start + index, `${text}${start + index}`, 0]))
    expect(await writer.commit()).toBe(16_000)
    const [part] = await lake.parts('things')
    expect(part?.files).toBeGreaterThan(1)
    expect(await all(lake, `SELECT count(*)::INTEGER AS n, max(line) AS last FROM ${lake.source('things')}`)).toEqual([
      { n: 16_000, last: 15_999 },
    ])
  })

  it('streams: leaving the loop early ends the query, and others go on', async () => {
    await writePart(
      lake,
      'p1',
      Array.from({ length: 5_000 }, (_, index) => `id-${index}`),
    )
    let seen = 0
    for await (const batch of lake.query(`SELECT id FROM ${lake.source('things')}`)) {
      seen += batch.length
      expect(await all(lake, `SELECT count(*)::INTEGER AS n FROM ${lake.source('things')}`)).toEqual([{ n: 5_000 }])
      break
    }
    expect(seen).toBeLessThan(5_000)
  })

  it('reads nothing outside its folder and fetches nothing', async () => {
    expect(await codeOf(all(lake, `SELECT * FROM '${join(tmpdir(), 'other.parquet')}'`))).toBe('lake.query-failed')
    expect(await codeOf(all(lake, 'INSTALL httpfs'))).toBe('lake.query-failed')
    expect(await codeOf(all(lake, 'SET enable_external_access = true'))).toBe('lake.query-failed')
  })

  it('refuses names that would leave the folder', async () => {
    expect(() => lake.source('../things')).toThrow(/cannot name/)
    expect(await codeOf(lake.write({ dataset: 'things', part: '../p', recordedAt: noon, columns }))).toBe(
      'lake.bad-name',
    )
  })

  it('is open in one process at a time, and a killed one frees it', async () => {
    await lake.close()
    const script = `const { openLake } = await import(process.argv[1])
      await openLake(process.argv[2]); process.stdout.write('open'); setInterval(() => {}, 1000)`
    const entry = new URL('./index.ts', import.meta.url).href
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, entry, directory])
    await new Promise((resolve) => child.stdout.once('data', resolve))
    expect(await codeOf(openLake(directory))).toBe('lake.in-use')
    child.kill('SIGKILL')
    await new Promise((resolve) => child.once('close', resolve))
    lake = await openLake(directory)
    expect(readdirSync(join(directory, '.staging'))).toHaveLength(1)
  })

  it('says that a folder it cannot use is unreadable', async () => {
    expect(await codeOf(openLake(join(directory, '.lake.duckdb')))).toBe('lake.unreadable')
  })
})

describe('the lake after a crash', () => {
  it('mends what a killed process left: half parts go, a part caught between two renames returns', async () => {
    using at = temporaryDirectory()
    const directory = at.path
    let lake = await openLake(directory)
    await writePart(lake, 'p1', ['a'])
    await lake.close()
    const dead = join(directory, '.staging', '0-dead')
    mkdirSync(join(dead, 'new', 'half'), { recursive: true })
    mkdirSync(join(dead, 'replaced', 'things', 'recorded_on=2026-03-01'), { recursive: true })
    const place = join('things', 'recorded_on=2026-03-01', 'part=p1')
    renameSync(join(directory, place), join(dead, 'replaced', place))
    lake = await openLake(directory)
    expect(await all(lake, `SELECT id FROM ${lake.source('things')}`)).toEqual([{ id: 'a' }])
    expect(existsSync(dead)).toBe(false)
    await lake.close()
  })
})

describe('the lake of several processes', () => {
  let root: ReturnType<typeof temporaryDirectory>
  let files: FileStore
  let one: Lake
  let other: Lake
  let fetches: string[]
  beforeEach(async () => {
    root = temporaryDirectory()
    files = await folderFileStore({ folder: join(root.path, 'store') })
    fetches = []
    const fetch: FileStore['fetch'] = (path, local) => {
      fetches.push(path)
      return files.fetch(path, local)
    }
    one = await openLake(join(root.path, 'one'), { files })
    other = await openLake(join(root.path, 'other'), { files: { ...files, fetch } })
  })
  afterEach(async () => {
    await one.close()
    await other.close()
    root[Symbol.dispose]()
  })
  const idsOf = async (lake: Lake, part?: string) =>
    (await all(lake, `SELECT id FROM ${lake.source('things', part)} ORDER BY id`)).map(({ id }) => id)

  it('is one: each reads what another wrote, replaced and removed', async () => {
    await writePart(one, 'p1', ['a', 'b'])
    expect(await idsOf(other)).toEqual(['a', 'b'])
    await writePart(other, 'p2', ['c'])
    await writePart(one, 'p1', ['d'])
    expect(await idsOf(one)).toEqual(['c', 'd'])
    expect(await idsOf(other)).toEqual(['c', 'd'])
    expect(await other.parts('things')).toMatchObject([{ part: 'p1' }, { part: 'p2' }])
    await removeFileSet(files, 'lake/things/recorded_on=2026-03-01/part=p1')
    expect(await idsOf(other)).toEqual(['c'])
  })

  it('fetches a part once, only what is asked for, and also after a restart', async () => {
    for (const part of ['p1', 'p2']) await writePart(one, part, [part])
    await Promise.all([idsOf(other, 'p1'), idsOf(other, 'p1')])
    expect(await idsOf(other, 'p1')).toEqual(['p1'])
    expect(fetches).toHaveLength(1)
    await other.close()
    other = await openLake(join(root.path, 'other'), { files })
    expect(await idsOf(other)).toEqual(['p1', 'p2'])
  })

  it('reads nothing of a part that is torn, and names it', async () => {
    await writePart(one, 'p1', ['a'])
    const [file] = (await files.list('lake')).filter(({ path }) => path.endsWith('.parquet'))
    writeFileSync(join(root.path, 'store', file!.path), 'PAR1')
    expect(await codeOf(idsOf(other))).toBe('lake.part-damaged')
    await writePart(one, 'p1', ['b'])
    expect(await idsOf(other)).toEqual(['b'])
  })
})
