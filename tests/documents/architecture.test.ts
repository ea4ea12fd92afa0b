import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '@eip/testkit'
import { describe, expect, it } from 'vitest'

const read = (path: string) => readFileSync(join(repositoryRoot, path), 'utf8')
const rooms = ['apps', 'services', 'engines', 'packages', 'pipelines']

describe('the architecture page', () => {
  it('has one heading for every room, and no other', () => {
    const folders = rooms.flatMap((kind) =>
      readdirSync(join(repositoryRoot, kind), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && existsSync(join(repositoryRoot, kind, entry.name, 'package.json')))
        .map((entry) => `${kind}/${entry.name}`),
    )
    const headings = [...read('docs/architecture.md').matchAll(/^### (\S+) — .*\?$/gm)].map(([, name]) => name)
    expect(headings.toSorted()).toEqual(folders.toSorted())
  })
})

describe('the decisions', () => {
  const records = readdirSync(join(repositoryRoot, 'docs/decisions')).toSorted()

  it('are numbered without a gap and hold "do nothing" among their options', () => {
    expect(records.map((name) => Number(name.slice(0, 4)))).toEqual(records.map((_, index) => index + 1))
    for (const name of records) expect(read(`docs/decisions/${name}`).toLowerCase()).toContain('do nothing')
  })

  it('compute the cost of waiting for each other rightly', () => {
    const table = read('docs/decisions/0005-how-the-system-is-split.md')
    const rows = [...table.matchAll(/^\| +(\d+) \| +([\d.]+)\s% \| +(\d+)\smin \| +([\d.]+)\s% \|$/gm)]
    expect(rows).toHaveLength(6)
    for (const [, services, available, minutes, late] of rows) {
      const share = 0.999 ** Number(services)
      expect(Number(available)).toBeCloseTo(share * 100, 2)
      expect(Math.abs(Number(minutes) - (1 - share) * 30 * 24 * 60)).toBeLessThanOrEqual(0.5)
      expect(Number(late)).toBeCloseTo((1 - 0.99 ** Number(services)) * 100, 1)
    }
  })
})
