import { aProduct } from '@eip/testkit'
import { describe, expect, it } from 'vitest'
import { asking, changesOf } from './contract/requests.ts'
import { embedded, encoder, vectorOf } from './contract/vectors.ts'
import { firstGeneration, type ProductIndexGenerations } from './generations.port.ts'

/** An adapter under test: `open` answers with what the store holds, which is nothing at first. */
export type GenerationsHarness = AsyncDisposable & Readonly<{ open(): Promise<ProductIndexGenerations> }>

const named = (title: string, id = 'a') => aProduct({ id, title, language: 'en' })

const titles = async ({ reader }: Pick<ProductIndexGenerations, 'reader'>) => {
  const { ids } = await reader.retrieve(asking())
  return (await reader.show(ids)).map(({ title }) => title)
}
const states = async (generations: ProductIndexGenerations) =>
  (await generations.list()).map(({ name, state }) => `${name} ${state}`)

async function give(generations: ProductIndexGenerations, name: string, title: string, position = 1): Promise<void> {
  const writer = await generations.writer(name)
  await writer.apply(changesOf([named(title)], position), { 'topic/0': position })
}

/** Every law of generations, one test each. Nothing is known of the adapter. */
export function generationsContract(openHarness: () => GenerationsHarness): void {
  const using = async (work: (generations: ProductIndexGenerations, harness: GenerationsHarness) => Promise<void>) => {
    await using harness = openHarness()
    const generations = await harness.open()
    try {
      await work(generations, harness)
    } finally {
      await generations.close()
    }
  }
  /** What is there after the program ended and began again. */
  const reopened = async (
    generations: ProductIndexGenerations,
    harness: GenerationsHarness,
    look: (again: ProductIndexGenerations) => Promise<void>,
  ) => {
    await generations.close()
    const again = await harness.open()
    try {
      await look(again)
    } finally {
      await again.close()
    }
  }

  describe('generations', () => {
    it('begin with one that serves, and is empty', () =>
      using(async (generations) => {
        expect(await states(generations)).toEqual([`${firstGeneration} serving`])
        expect((await generations.writer(firstGeneration)).resumeFrom()).toBeNull()
        expect(await titles(generations)).toEqual([])
        await give(generations, firstGeneration, 'plum')
        expect(await titles(generations)).toEqual(['plum'])
      }))

    it('fill beside the one that serves, which sees nothing of it', () =>
      using(async (generations) => {
        await give(generations, firstGeneration, 'old')
        const name = await generations.begin()
        expect(name).toMatch(/^[a-z0-9]+$/)
        expect(await states(generations)).toEqual([`${firstGeneration} serving`, `${name} filling`])
        expect((await generations.writer(name)).resumeFrom()).toBeNull()
        await give(generations, name, 'new')
        expect(await titles(generations)).toEqual(['old'])
        const counts = (await generations.list()).map(({ statistics }) => statistics.documents)
        expect(counts).toEqual([1, 1])
      }))

    it('take over at once, with words, vectors and positions, and can be gone back from', () =>
      using(async (generations) => {
        await give(generations, firstGeneration, 'old')
        const name = await generations.begin()
        await give(generations, name, 'new', 7)
        await (await generations.writer(name)).applyVectors([embedded('a', 1, vectorOf(1))], {})
        await generations.serve(name)
        expect(await titles(generations)).toEqual(['new'])
        expect(await generations.reader.vectorOf('a', encoder)).not.toBeNull()
        expect(generations.reader.statistics().documents).toBe(1)
        expect(await states(generations)).toEqual([`${firstGeneration} previous`, `${name} serving`])
        await give(generations, firstGeneration, 'old, still fed', 8)
        await generations.serve(firstGeneration)
        expect(await titles(generations)).toEqual(['old, still fed'])
        expect(await states(generations)).toEqual([`${firstGeneration} serving`, `${name} previous`])
      }))

    it('answer each call from one of them while they take over', () =>
      using(async (generations) => {
        const of = (word: string) => changesOf(Array.from({ length: 200 }, (_, i) => named(word, `p${i}`)))
        await (await generations.writer(firstGeneration)).apply(of('old'), {})
        const name = await generations.begin()
        await (await generations.writer(name)).apply(of('new'), {})
        const seen = new Set<string>()
        const ids = Array.from({ length: 200 }, (_, i) => `p${i}`)
        for (const next of [name, firstGeneration, name]) {
          const serving = generations.serve(next)
          for (let n = 0; n < 5; n++) {
            const shown = new Set((await generations.reader.show(ids)).map(({ title }) => title))
            expect(shown.size).toBe(1)
            for (const title of shown) seen.add(title)
          }
          await serving
        }
        expect(seen.size).toBe(2)
      }))

    it('change nothing where the one that serves is to serve', () =>
      using(async (generations) => {
        const before = await generations.list()
        await generations.serve(firstGeneration)
        expect(await generations.list()).toEqual(before)
      }))

    it('fill one at a time', () =>
      using(async (generations) => {
        const [first, second] = await Promise.allSettled([generations.begin(), generations.begin()])
        expect(first.status).toBe('fulfilled')
        expect(second).toMatchObject({ reason: { code: 'product-index.generation-filling' } })
        expect(await generations.list()).toHaveLength(2)
      }))

    it('are let go of, but for the one that serves, and give no name twice', () =>
      using(async (generations, harness) => {
        const given = await generations.begin()
        await give(generations, given, 'given up')
        await generations.drop(given)
        await expect(generations.drop(firstGeneration)).rejects.toMatchObject({
          code: 'product-index.generation-serves',
        })
        const next = await generations.begin()
        expect(next).not.toBe(given)
        expect((await generations.writer(next)).resumeFrom()).toBeNull()
        await generations.serve(next)
        await generations.drop(firstGeneration)
        expect(await states(generations)).toEqual([`${next} serving`])
        await reopened(generations, harness, async (again) => {
          expect(await states(again)).toEqual([`${next} serving`])
          expect([given, next, firstGeneration]).not.toContain(await again.begin())
        })
      }))

    it('refuse a name that there is not', () =>
      using(async (generations) => {
        const isRefused = { code: 'product-index.no-such-generation', message: expect.stringContaining('"nobody"') }
        await expect(generations.writer('nobody')).rejects.toMatchObject(isRefused)
        await expect(generations.serve('nobody')).rejects.toMatchObject(isRefused)
        await expect(generations.drop('nobody')).rejects.toMatchObject(isRefused)
      }))

    it('are after a restart as they were, one that fills too', () =>
      using(async (generations, harness) => {
        await give(generations, firstGeneration, 'old', 3)
        const second = await generations.begin()
        await give(generations, second, 'second', 4)
        await generations.serve(second)
        const third = await generations.begin()
        await give(generations, third, 'third', 5)
        const before = await generations.list()
        await reopened(generations, harness, async (again) => {
          const bare = (all: typeof before) =>
            all.map(({ statistics: { documents }, ...rest }) => ({ ...rest, documents }))
          expect(bare(await again.list())).toEqual(bare(before))
          expect(await titles(again)).toEqual(['second'])
          for (const [name, position] of [
            [firstGeneration, 3],
            [second, 4],
            [third, 5],
          ] as const)
            expect((await again.writer(name)).resumeFrom()).toEqual({ 'topic/0': position })
        })
      }))
  })
}
