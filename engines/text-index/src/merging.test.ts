import { seededRandom } from '@eip/kernel'
import { expect, test } from 'vitest'
import { makeProduct, SHOP_SCHEMA } from './generated-corpus.fixture.ts'
import { createIndexReader, createIndexWriter } from './index.ts'

const SEGMENTS = 8
const EACH = 300

function openSegments(each = EACH) {
  const writer = createIndexWriter(SHOP_SCHEMA)
  const reader = createIndexReader(SHOP_SCHEMA)
  const random = seededRandom(5)
  for (let segment = 0; segment < SEGMENTS; segment++) {
    for (let at = 0; at < each; at++) writer.add(makeProduct(random, `p${at * SEGMENTS + segment}`, 1))
    reader.apply(writer.commit()!)
  }
  return { writer, reader, random }
}

test('updates, replacements and deletions during a merge survive it', () => {
  const { writer, reader, random } = openSegments()
  const expected = new Map<string, number>()
  for (let at = 0; at < SEGMENTS * EACH; at++) expected.set(`p${at}`, 1)
  let slices = 0
  for (let state = writer.mergeSome(0); state !== 'ready'; state = writer.mergeSome(0)) {
    expect(state).toBe('working')
    const id = `p${random.integer(SEGMENTS * EACH)}`
    if (slices % 3 === 0 && writer.delete(id)) expected.delete(id)
    else if (slices % 3 === 1) {
      writer.add(makeProduct(random, id, slices + 2))
      expected.set(id, slices + 2)
    } else if (writer.updateColumns(id, { numbers: { stock: slices + 2 } })) expected.set(id, slices + 2)
    // Commits go on while a merge does.
    if (slices % 10 === 0) reader.apply(writer.commit()!)
    slices++
  }
  expect(slices).toBeGreaterThan(10)
  writer.updateColumns('p7', { numbers: { stock: 7777 } })
  if (expected.has('p7')) expected.set('p7', 7777)
  reader.apply(writer.commit()!)
  const found = reader.search({ clauses: [], limit: 10_000, total: true })
  const stocks = new Float64Array(found.count)
  reader.gatherNumbers(found.refs, ['stock'], [stocks])
  expect(new Map(found.ids().map((id, at) => [id, stocks[at]]))).toEqual(
    new Map([...expected].sort(([left], [right]) => (left < right ? -1 : 1))),
  )
})

test('merging goes idle with few segments, whatever was added', () => {
  const { writer } = openSegments()
  for (let state = writer.mergeSome(5); state !== 'idle'; state = writer.mergeSome(5))
    if (state === 'ready') writer.commit()
  expect(writer.statistics()).toMatchObject({ documents: SEGMENTS * EACH, deleted: 0 })
  expect(writer.statistics().segments).toBeLessThan(6)
})

test('small segments are merged while a large merge goes on, and all ends up in the index', () => {
  const [commits, slicesOfEach] = [60, 8]
  const { writer, reader, random } = openSegments(3_000)
  expect(writer.mergeSome(0)).toBe('working')
  let most = 0
  for (let commit = 0; commit < commits; commit++) {
    writer.add(makeProduct(random, `small${commit}`, 1))
    reader.apply(writer.commit()!)
    for (let slice = 0; slice < slicesOfEach; slice++) if (writer.mergeSome(0) === 'ready') break
    most = Math.max(most, writer.statistics().segments)
  }
  // Those of the large merge, a tier of small ones, and another that waits for its turn.
  expect(most).toBeLessThan(SEGMENTS + 2 * 6)
  for (let state = writer.mergeSome(5); state !== 'idle'; state = writer.mergeSome(5))
    if (state === 'ready') reader.apply(writer.commit()!)
  expect(reader.search({ clauses: [], limit: 1, total: true }).total).toBe(SEGMENTS * 3_000 + commits)
})

test('a merge is finished though the same few products are replaced in every commit', () => {
  const { writer, reader, random } = openSegments()
  let commits = 0
  // Each commit makes a small segment, and leaves nothing alive of the one before, with which the merge may have begun.
  const replaceSome = () => {
    writer.add(makeProduct(random, 'p1', ++commits))
    writer.add(makeProduct(random, 'p2', commits))
    reader.apply(writer.commit()!)
  }
  replaceSome()
  while (writer.mergeSome(0) !== 'ready' && commits < 2_000) replaceSome()
  expect(commits).toBeGreaterThan(1)
  expect(commits).toBeLessThan(2_000)
  reader.apply(writer.commit()!)
  expect(reader.statistics()).toMatchObject({ documents: SEGMENTS * EACH, segments: 2 })
  expect(reader.number(reader.find('p1')!, 'stock')).toBe(commits)
})

test('a segment whose documents are all deleted is dropped', () => {
  const { writer, reader } = openSegments()
  for (let at = 0; at < EACH; at++) writer.delete(`p${at * SEGMENTS}`)
  reader.apply(writer.commit()!)
  expect(reader.statistics()).toMatchObject({ segments: SEGMENTS - 1, deleted: 0 })
})

test('two runs of the same steps make equal indexes', () => {
  const read = () => {
    const { writer, reader } = openSegments()
    writer.mergeAll()
    reader.apply(writer.commit()!)
    return reader.search({ clauses: [{ terms: [{ term: 'w0' }, { term: 'w3' }] }], limit: 100, total: true })
  }
  const first = read()
  const second = read()
  expect(first.ids()).toEqual(second.ids())
  expect(first.scores).toEqual(second.scores)
})
