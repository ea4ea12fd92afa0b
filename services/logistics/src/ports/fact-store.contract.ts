import { type Envelope, regionListed } from '@eip/contracts'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { FactStore } from './fact-store.port.ts'

export type FactStoreHarness = Readonly<{
  store: FactStore
  /** Ids of the events that went out, in order. */
  sent(): Promise<readonly string[]>
  reopen(): Promise<FactStoreHarness>
  close(): Promise<void>
}>

const event = (id: string): Envelope => ({
  ...{
    id,
    schema: regionListed.schema,
    key: 'SP',
    version: 1,
    occurredAt: 1,
    recordedAt: 1,
    deleted: false,
    market: {},
  },
  payload: { region: 'SP', bit: 0 },
})

/** Every law of the port, one test each. */
export function factStoreContract(open: () => Promise<FactStoreHarness>): void {
  let harness: FactStoreHarness
  beforeEach(async () => {
    harness = await open()
  })
  afterEach(() => harness.close())

  it('keeps facts to the last bit, with their events, through a restart', async () => {
    const content = { sum: 0.1 + 0.2, tiny: 2 ** -1_000, name: 'São Paulo "1"' }
    await harness.store.change(async (facts) => {
      await facts.put('sum', [{ key: 'seller ä', version: 3, content }])
      await facts.publish(regionListed, [event('e1')])
    })
    harness = await harness.reopen()
    const found = await harness.store.get('sum', ['seller ä', 'nobody'])
    expect([...found.values()]).toEqual([{ key: 'seller ä', version: 3, content }])
    expect(await harness.sent()).toEqual(['e1'])
  })

  it('leaves nothing of a change that failed', async () => {
    const failing = harness.store.change(async (facts) => {
      await facts.put('order', [{ key: 'o1', version: 1, content: 1 }])
      await facts.publish(regionListed, [event('e1')])
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect([await harness.store.count('order'), await harness.sent()]).toEqual([0, []])
  })

  it('lets changes follow each other: none decides by what another is about to change', async () => {
    const grow = () =>
      harness.store.change(async (facts) => {
        const held = (await facts.get<number>('note', ['n'])).get('n')?.content ?? 0
        await facts.put('note', [{ key: 'n', version: 0, content: held + 1 }])
      })
    await Promise.all(Array.from({ length: 20 }, grow))
    expect((await harness.store.get('note', ['n'])).get('n')?.content).toBe(20)
  })

  it('replaces by kind and key, and takes many at once', async () => {
    const many = Array.from({ length: 1_200 }, (_, i) => ({ key: `p${i}`, version: 1, content: i }))
    await harness.store.change((facts) => facts.put('product', many))
    await harness.store.change((facts) => facts.put('product', [{ key: 'p7', version: 2, content: 'seven' }]))
    await harness.store.change((facts) => facts.put('score', [{ key: 'p7', version: 9, content: null }]))
    const found = await harness.store.get(
      'product',
      many.map(({ key }) => key),
    )
    expect([found.size, found.get('p7')]).toEqual([1_200, { key: 'p7', version: 2, content: 'seven' }])
    expect(await harness.store.count('product')).toBe(1_200)
  })

  it('pages by code points within a prefix', async () => {
    const keys = ['seller B', 'seller a', 'seller ä', 'product x', 'sellers']
    await harness.store.change((facts) =>
      facts.put(
        'sum',
        keys.map((key) => ({ key, version: 0, content: 0 })),
      ),
    )
    const first = await harness.store.page('sum', null, 2, 'seller ')
    expect(first.map(({ key }) => key)).toEqual(['seller B', 'seller a'])
    const rest = await harness.store.page('sum', 'seller a', 9, 'seller ')
    expect(rest.map(({ key }) => key)).toEqual(['seller ä'])
    expect((await harness.store.page('sum', null, 9)).length).toBe(5)
  })
}
