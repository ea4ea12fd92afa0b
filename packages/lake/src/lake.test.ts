import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isFailure } from '@eip/kernel'
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

describe('the lake', () => {
  let directory: string
  let lake: Lake
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'lake-'))
    lake = await openLake(directory, { memoryLimitMb: 128 })
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

  it('mends what a killed process left: half parts go, a part caught between two renames returns', async () => {
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
