import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStage, type Running, type Stage } from './testing/open-stage.ts'

let stage: Stage
let running: Running
beforeEach(async () => {
  stage = await openStage()
  running = await stage.start()
})
afterEach(() => stage[Symbol.asyncDispose]())

const row = (query: string, productId: string, grade: number) => ({ query, productId, grade })
const load = (judgments: ReturnType<typeof row>[]) => running.client.loadJudgments({ judgments, by: 'ann' })
const judge = (query: string, ids: string[]) => running.client.judge({ query, ids })

describe('judgments', () => {
  it('grade a list, and measure it against the best order of all that was judged', async () => {
    expect(await load([row('sofa', 'a', 3), row('sofa', 'b', 2), row('sofa', 'c', 0), row('tv', 'a', 1)])).toEqual({
      ...{ queries: 2, judgments: 4 },
    })
    // gains 3, 7 at ranks 2 and 3; ideal 7, 3
    const measured = (3 / Math.log2(3) + 7 / 2) / (7 + 3 / Math.log2(3))
    expect(await judge('sofa', ['x', 'b', 'a'])).toEqual({
      ...{ grades: { b: 2, a: 3 }, judgments: 3, 'ndcg@10': expect.closeTo(measured, 12) },
    })
    expect((await judge('sofa', ['a', 'b', 'c']))['ndcg@10']).toBe(1)
    expect((await judge('sofa', ['x']))['ndcg@10']).toBe(0)
    expect((await judge('sofa', []))['ndcg@10']).toBe(0)
  })

  it('say nothing where nothing is relevant, or nobody judged', async () => {
    await load([row('sofa', 'a', 0)])
    expect(await judge('sofa', ['a'])).toEqual({ grades: { a: 0 }, 'ndcg@10': null, judgments: 1 })
    expect(await judge('tv', ['a'])).toEqual({ grades: {}, 'ndcg@10': null, judgments: 0 })
    expect(await judge('   ', ['a'])).toEqual({ grades: {}, 'ndcg@10': null, judgments: 0 })
  })

  it('count a product once, however often a list has it', async () => {
    await load([row('sofa', 'a', 3), row('sofa', 'b', 3)])
    expect((await judge('sofa', ['a', 'a', 'a', 'b']))['ndcg@10']).toBe(1)
  })

  it('of one pair given twice count as the last row says, in whatever case the query is written', async () => {
    const composed = '카메라 Café'
    const rows = [row(composed, 'a', 1), row(` ${composed.normalize('NFD').toUpperCase()} `, 'a', 3)]
    expect(await load(rows)).toEqual({ queries: 1, judgments: 1 })
    expect((await judge(composed.toLowerCase(), ['a'])).grades).toEqual({ a: 3 })
  })

  it('replace all that was loaded before, and outlive a restart', async () => {
    await load([row('sofa', 'a', 3)])
    await load([row('tv', 'b', 2), row('tv stand', 'b', 2), row('tv stand', 'c', 1)])
    await running.stop()
    running = await stage.start()
    expect(await running.client.judgedQueries({})).toEqual({
      queries: [
        { query: 'tv', judgments: 1 },
        { query: 'tv stand', judgments: 2 },
      ],
      total: 2,
    })
    expect(await running.client.judgedQueries({ prefix: 'TV ' })).toMatchObject({ total: 1 })
    expect(await load([])).toEqual({ queries: 0, judgments: 0 })
    expect(await running.client.judgedQueries({})).toEqual({ queries: [], total: 0 })
  })

  it('of half a character are refused by row and field, and what was there stays', async () => {
    await load([row('sofa', 'a', 3)])
    await expect(load([row('tv', 'a', 1), row('tv', 'b\ud83d', 1)])).rejects.toMatchObject({
      ...{ code: 'ranking.bad-judgments', details: { row: 1, field: 'productId' } },
      message: expect.stringContaining('judgments[1].productId'),
    })
    await expect(load([row('tv', 'a', -1)])).rejects.toMatchObject({ kind: 'invalid' })
    expect(await running.client.judgedQueries({})).toMatchObject({ total: 1 })
  })

  it('may be a hundred thousand at once, of which a thousand queries are listed', async () => {
    const rows = Array.from({ length: 100_000 }, (_, n) => row(`query ${n % 5_000}`, `product-${n}`, n % 4))
    expect(await load(rows)).toEqual({ queries: 5_000, judgments: 100_000 })
    const { queries, total } = await running.client.judgedQueries({})
    expect([queries.length, total]).toEqual([1_000, 5_000])
    expect((await judge('query 7', ['product-7'])).grades).toEqual({ 'product-7': 3 })
  })
})
