import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ImportRejection } from '@eip/contracts'
import { seededRandom } from '@eip/kernel'
import { temporaryDirectory } from '@eip/testkit'
import { expect, it } from 'vitest'
import { rejectedPages } from './rejected-pages.ts'

const rowAt = (line: number): ImportRejection => ({
  line,
  field: 'title',
  reason: `line ${line}: is too long`,
  text: '가방\u2028"x"\r'.repeat(line % 70),
})
const rowsOf = (count: number) => Array.from({ length: count }, (_, i) => rowAt(i + 1))
const write = (folder: string, id: string, rows: readonly ImportRejection[]) =>
  writeFileSync(join(folder, `${id}.jsonl`), rows.map((row) => `${JSON.stringify(row)}\n`).join(''))

it.each([0, 1, 99, 100, 101, 5_000])(
  'gives every row of a file of %i, in order, whatever the size of the pages',
  async (count) => {
    using folder = temporaryDirectory()
    const all = rowsOf(count)
    write(folder.path, 'a', all)
    const pages = rejectedPages(folder.path)
    for (const size of [1_000, 333, 100]) {
      const seen: ImportRejection[] = []
      for (let offset = 0; offset < count; offset += size) {
        const { rows, total } = await pages.page('a', offset, size)
        expect(total).toBe(count)
        seen.push(...rows)
      }
      expect(seen).toEqual(all)
    }
  },
)

it('gives any page as a look at the whole file would', async () => {
  using folder = temporaryDirectory()
  const all = rowsOf(1_234)
  write(folder.path, 'a', all)
  const pages = rejectedPages(folder.path)
  const random = seededRandom(5)
  for (let i = 0; i < 300; i++) {
    const offset = random.integer(1_400)
    const size = 1 + random.integer(300)
    const { rows, total } = await pages.page('a', offset, size)
    expect([rows, total]).toEqual([all.slice(offset, offset + size), 1_234])
  }
})

it('has nothing to say of a file that is not there', async () => {
  using folder = temporaryDirectory()
  const pages = rejectedPages(folder.path)
  expect(await pages.page('a', 0, 100)).toEqual({ rows: [], total: 0 })
})

it('keeps many files apart, and answers many at once', async () => {
  using folder = temporaryDirectory()
  const ids = Array.from({ length: 30 }, (_, i) => `import-${i}`)
  for (const [i, id] of ids.entries()) write(folder.path, id, rowsOf(i + 1))
  const pages = rejectedPages(folder.path)
  for (let round = 0; round < 2; round++) {
    const answers = await Promise.all(ids.map((id) => pages.page(id, 0, 1_000)))
    expect(answers.map(({ rows }) => rows.length)).toEqual(ids.map((_, i) => i + 1))
  }
})
