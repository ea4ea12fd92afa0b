import { setImmediate } from 'node:timers/promises'
import { aProduct } from '@eip/testkit'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openStage } from './stage.fixture.ts'
import { type Difference, differencesIn, verifyView } from './verify-view.ts'

let stage: Awaited<ReturnType<typeof openStage>>
beforeEach(async () => {
  stage = await openStage()
})
afterEach(() => stage.close())

const product = (id: string, title = `Product ${id}`) => ({ id, title })
const load = (...products: { id: string; title: string; active?: boolean }[]) =>
  stage.products.upsertProducts({ products })
const numbered = (count: number, title?: string) => Array.from({ length: count }, (_, i) => product(`p${i}`, title))

/** Every kind of difference, and what it should be called. */
async function spoil(): Promise<Record<string, string>> {
  const { lost, products, writer, settled } = stage
  await load(...numbered(12))
  await settled()
  for (const id of ['new', 'p1', 'p2']) lost.add(id)
  await load(product('new'), product('p1', 'renamed'))
  await products.deleteProducts({ ids: ['p2'] })
  await settled()
  lost.clear()
  const other = (id: string, version: number) => ({ id, version, product: aProduct({ id, title: 'told otherwise' }) })
  // The same version, told otherwise: as after the catalogue went back to a backup. The event is no newer, and changes nothing.
  await writer.apply([other('p3', 2)], {})
  await load(product('p3', 'second'))
  await settled()
  await writer.apply([other('p4', 7), { id: 'p5', version: 9, product: null }, other('ghost', 3)], {})
  await products.deleteProducts({ ids: ['p6'] })
  await settled()
  await writer.apply([other('p6', 8)], {})
  return {
    new: 'missing',
    p1: 'stale',
    p2: 'stale',
    p3: 'different',
    p4: 'different',
    p5: 'different',
    ghost: 'extra',
    p6: 'extra',
  }
}

it('finds nothing where both are the same, deleted and inactive products too', async () => {
  await load(...numbered(50), { ...product('inactive'), active: false })
  await stage.products.deleteProducts({ ids: ['p1', 'p2'] })
  const found = await verifyView(stage.verifiable, { pageSize: 7 })
  expect(found).toEqual({
    ...{ compared: 51, unknown: 0, first: [] },
    counts: { missing: 0, stale: 0, extra: 0, different: 0 },
  })
})

it('finds every kind of difference, names the first, and repairs them all', async () => {
  const expected = await spoil()
  const { products, verifiable } = stage
  const all: Difference[] = []
  const onDifferences = async (differences: readonly Difference[]) => {
    expect(differences.length).toBeLessThanOrEqual(5)
    all.push(...differences)
  }
  const found = await verifyView(verifiable, { pageSize: 5, shown: 3, onDifferences })
  expect(Object.fromEntries(all.map(({ id, kind }) => [id, kind]))).toEqual(expected)
  expect(found.counts).toEqual({ missing: 1, stale: 2, extra: 2, different: 3 })
  expect(found.first).toEqual(all.slice(0, 3))

  const answer = await products.republishProducts({
    products: all.map(({ id, viewVersion }) => ({ id, above: viewVersion ?? 0 })),
  })
  expect(answer).toEqual({ republished: 5, withdrawn: 3, changed: 0 })
  expect(differencesIn(await verifyView(verifiable, { pageSize: 5 }))).toBe(0)
  expect((await stage.view.status({})).documents).toBe(11)
  expect((await products.statistics({})).products).toBe(11)
})

it('gives no false alarm while products change, appear and go', async () => {
  await load(...numbered(200))
  let isOver = false
  const changing = async () => {
    for (let turn = 0; !isOver; turn++) {
      await load(...numbered(20, `turn ${turn}`), product(`n${turn}`))
      await stage.products.deleteProducts({ ids: [`p${20 + (turn % 180)}`] })
      await setImmediate()
    }
  }
  const changes = changing()
  for (let round = 0; round < 5; round++) {
    const found = await verifyView(stage.verifiable, { pageSize: 20 })
    expect(found.first).toEqual([])
  }
  isOver = true
  await changes
})

it('goes on in the same view where another takes over in the middle of it', async () => {
  await load(...numbered(30))
  await stage.settled()
  const first = await stage.view.listVersions({ limit: 20 })
  await stage.view.rebuild({})
  while (!(await stage.view.status({})).generations.some(({ name, state }) => name === 'g2' && state === 'serving'))
    await setImmediate()
  const second = await stage.view.listVersions({ limit: 20, after: first.next! })
  expect(new Set([...first.versions, ...second.versions].map(({ id }) => id)).size).toBe(30)
  expect(second.next).toBeNull()
})

it('says nothing twice of what moved on since it was read', async () => {
  await load(product('a'))
  const read = await stage.products.getProduct({ id: 'a' })
  expect(await stage.products.republishProducts({ products: [{ id: 'a', above: 40 }] })).toMatchObject({
    republished: 1,
  })
  const now = await stage.products.getProduct({ id: 'a' })
  expect(now).toEqual({ ...read, version: 41 })
  await stage.settled()
  expect(differencesIn(await verifyView(stage.verifiable))).toBe(0)
})
