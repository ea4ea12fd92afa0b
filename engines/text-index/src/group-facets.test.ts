import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seededRandom } from '@eip/kernel'
import { expect, test } from 'vitest'
import { createIndexReader, createIndexWriter, type GroupCounts, groupHead, openIndexSnapshot } from './index.ts'

const SCHEMA = { fields: [{ name: 'title', weight: 1 }], numbers: [], keywords: [], tags: ['attribute'] }
const NAMES = ['colour', 'colour of lid', 'size', 'serial', 'Höhe']
type Attributes = Readonly<Record<string, readonly string[]>>

/** What facets over groups should answer, told document by document. */
function expected(documents: readonly Attributes[], name: string, limit: number) {
  const counts = new Map<string, number>()
  for (const document of documents)
    for (const value of new Set(document[name])) counts.set(value, (counts.get(value) ?? 0) + 1)
  const all = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
  const found = all.slice(0, limit)
  const tags = all.reduce((sum, [, count]) => sum + count, 0)
  const having = documents.filter((document) => document[name] !== undefined).length
  const facet = { name, values: found.map(([value]) => value), counts: found.map(([, count]) => count) }
  return { facet, group: { documents: having, tags, distinct: all.length } }
}

function checkAll(reader: ReturnType<typeof createIndexReader>, all: ReadonlyMap<string, Attributes>): void {
  const admits = ({ tags, distinct }: GroupCounts) => distinct * 2 <= tags
  const set = 'attribute'
  for (const ids of [null, [...all.keys()].filter((_, at) => at % 3 === 0)]) {
    const matches = ids === null ? [...all.values()] : ids.map((id) => all.get(id)!)
    const { groupFacets } = reader.search({
      clauses: [],
      limit: 0,
      filters: ids === null ? [] : [{ kind: 'ids', anyOf: ids }],
      groupFacets: [
        { set, limit: 3, commonest: 2, admits },
        { set, limit: 2, group: 'colour' },
        { set, limit: 2, group: 'nobody has it' },
        { set, limit: 9, commonest: 9, admits: () => true },
      ],
    })
    const ranked = NAMES.map((name) => expected(matches, name, 9))
      .filter(({ group }) => group.documents > 0)
      .sort((a, b) => b.group.documents - a.group.documents || (a.facet.name < b.facet.name ? -1 : 1))
    const admitted = ranked.filter(({ group }) => admits(group)).slice(0, 2)
    expect(groupFacets[0]).toEqual(admitted.map(({ facet }) => expected(matches, facet.name, 3).facet))
    expect(groupFacets[1]).toEqual([expected(matches, 'colour', 2).facet])
    expect(groupFacets[2]).toEqual([{ name: 'nobody has it', values: [], counts: [] }])
    expect(groupFacets[3]).toEqual(ranked.map(({ facet }) => facet))
  }
}

test('groups of tags are counted as a list would, whatever was added, replaced, deleted, merged and opened again', () => {
  const random = seededRandom(8)
  const directory = mkdtempSync(join(tmpdir(), 'group-facets-'))
  const all = new Map<string, Attributes>()
  let writer = createIndexWriter(SCHEMA)
  let reader = createIndexReader(SCHEMA)
  try {
    for (let round = 0; round < 40; round++) {
      for (let step = 0; step < 25; step++) {
        const id = `p${random.integer(300)}`
        const had = random.integer(4) === 0 ? [] : NAMES.filter(() => random.integer(3) > 0)
        const some = (name: string) => {
          const range = name === 'serial' ? 10_000 : 5
          return Array.from({ length: 1 + random.integer(2) }, () => `v${random.integer(range)}`)
        }
        const attributes = Object.fromEntries(had.map((name) => [name, some(name)]))
        const tags = had.flatMap((name) => [groupHead(name), ...attributes[name]!.map((v) => groupHead(name) + v)])
        if (random.integer(5) === 0) {
          writer.delete(id)
          all.delete(id)
        } else {
          writer.add({ id, terms: [[]], tags: { attribute: tags }, stored: new Uint8Array(0) })
          all.set(id, attributes)
        }
      }
      if (round % 7 === 6) writer.mergeAll()
      const publication = writer.commit()
      if (publication !== null) reader.apply(publication)
      checkAll(reader, all)
      if (round % 13 !== 12) continue
      writer.writeSnapshot(directory, null)
      writer = openIndexSnapshot(SCHEMA, directory)!.writer
      reader = createIndexReader(SCHEMA)
      reader.apply(writer.publication())
    }
  } finally {
    rmSync(directory, { recursive: true })
  }
})

test('a facet over a set that is not declared, or with a limit that is no number, is refused', () => {
  const reader = createIndexReader(SCHEMA)
  const ask = (set: string, limit: number) => () =>
    reader.search({ clauses: [], limit: 0, groupFacets: [{ set, limit, group: 'colour' }] })
  expect(ask('attributes', 1)).toThrow('there is no tag set "attributes"')
  expect(ask('attribute', -1)).toThrow('must be whole numbers')
})
