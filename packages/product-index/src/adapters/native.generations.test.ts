import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { aProduct, fakeClock, temporaryDirectory } from '@eip/testkit'
import { describe, expect, it } from 'vitest'
import { asking, changesOf } from '../contract/requests.ts'
import { generationsContract } from '../generations.contract.ts'
import { openNativeGenerations } from './native.generations.ts'
import { openNativeProductIndex } from './native.product-index.ts'

const products = (count: number) => changesOf(Array.from({ length: count }, (_, i) => aProduct({ id: `p${i}` })))
const total = async ({ reader }: Awaited<ReturnType<typeof openNativeGenerations>>) =>
  (await reader.retrieve(asking())).total

describe('native generations', () => {
  generationsContract(() => {
    const directory = temporaryDirectory()
    return {
      open: () => openNativeGenerations({ dir: directory.path }),
      [Symbol.asyncDispose]: async () => directory[Symbol.dispose](),
    }
  })

  it('go on from the view that an earlier version of the program left in the index folder', async () => {
    using directory = temporaryDirectory()
    const earlier = await openNativeProductIndex({ dir: directory.path })
    await earlier.writer.apply(products(30), { 'topic/0': 30 })
    await earlier.close()
    const generations = await openNativeGenerations({ dir: directory.path })
    expect(await total(generations)).toBe(30)
    expect((await generations.writer('g1')).resumeFrom()).toEqual({ 'topic/0': 30 })
    const next = await generations.begin()
    await (await generations.writer(next)).apply(products(20), { 'topic/0': 20 })
    await generations.serve(next)
    await generations.drop('g1')
    expect(readdirSync(directory.path).toSorted()).toEqual(['g2', 'generations.json'])
    await generations.close()
    const again = await openNativeGenerations({ dir: directory.path })
    expect(await total(again)).toBe(20)
    await again.close()
  })

  it('are after a crash as the last call left them', async () => {
    using directory = temporaryDirectory()
    using aside = temporaryDirectory()
    const generations = await openNativeGenerations({
      dir: directory.path,
      saveAfterChanges: 1e9,
      saveAfterSeconds: 1e6,
    })
    const next = await generations.begin()
    await (await generations.writer(next)).apply(products(50), { 'topic/0': 50 })
    // The files as they lie there at a moment are what a crash leaves.
    const crashed = async (name: string) => {
      const dir = join(aside.path, name)
      cpSync(directory.path, dir, { recursive: true })
      return openNativeGenerations({ dir })
    }
    const before = await crashed('before')
    expect((await before.list()).map(({ state }) => state)).toEqual(['serving', 'filling'])
    expect((await before.writer(next)).resumeFrom()).toBeNull()
    await before.close()
    await generations.serve(next)
    const after = await crashed('after')
    expect(await total(after)).toBe(50)
    expect((await after.writer(next)).resumeFrom()).toEqual({ 'topic/0': 50 })
    await after.close()
    await generations.close()
  })

  it('remove what was dropped, though the program ended before it was gone', async () => {
    using directory = temporaryDirectory()
    await (await openNativeGenerations({ dir: directory.path })).close()
    mkdirSync(join(directory.path, 'g9'))
    await (await openNativeGenerations({ dir: directory.path })).close()
    expect(existsSync(join(directory.path, 'g9'))).toBe(false)
  })

  it.each(['{', '{"format":2}', 'null'])('refuse a book that they cannot read, by name: %s', async (text) => {
    using directory = temporaryDirectory()
    writeFileSync(join(directory.path, 'generations.json'), text)
    await expect(openNativeGenerations({ dir: directory.path })).rejects.toMatchObject({
      code: 'product-index.generations-unreadable',
      message: expect.stringContaining('generations.json'),
    })
  })

  it('say since when each is what it is', async () => {
    const clock = fakeClock()
    const [begun, served] = [clock.now() + 1_000, clock.now() + 3_000]
    const generations = await openNativeGenerations({ dir: null, clock })
    clock.advance(1_000)
    const next = await generations.begin()
    clock.advance(2_000)
    await generations.serve(next)
    const times = (await generations.list()).map(({ begunAt, since }) => [begunAt, since])
    expect(times).toEqual([
      [begun - 1_000, served],
      [begun, served],
    ])
    await generations.close()
  })
})
