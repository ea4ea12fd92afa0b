import { type Envelope, type SynonymRule, synonymChanged } from '@eip/contracts'
import { expect, it } from 'vitest'
import type { SynonymChange, SynonymStore } from './synonym-store.port.ts'

/** A store under test; `sent` is what its outbox holds. */
export type SynonymStoreHarness = Readonly<{
  store: SynonymStore
  sent(): Promise<readonly Envelope[]>
  reopen(): Promise<SynonymStoreHarness>
  close(): Promise<void>
}>

const ruleOf = (id: string, ...from: string[]): SynonymRule => ({ id, kind: 'two-way', from, to: [] })

const changeOf = (id: string, version: number, rule: SynonymRule | null): SynonymChange => ({
  id,
  version,
  rule,
  event: {
    id: `${id}@${version}`,
    schema: synonymChanged.schema,
    key: id,
    version,
    occurredAt: 1,
    recordedAt: 1,
    deleted: rule === null,
    market: {},
    payload: rule,
  },
})

/** Every law of the port, one test each. */
export function synonymStoreContract(open: () => Promise<SynonymStoreHarness>): void {
  const withStore = async (work: (harness: SynonymStoreHarness) => Promise<void>) => {
    const harness = await open()
    await work(harness).finally(() => harness.close())
  }

  it('lists rules in order of their ids, each as it was saved last', () =>
    withStore(async ({ store }) => {
      await store.change('b', () => changeOf('b', 1, ruleOf('b', 'tv', 'television')))
      await store.change('a', () => changeOf('a', 1, ruleOf('a', 'sofa', 'couch')))
      await store.change('b', () => changeOf('b', 2, ruleOf('b', 'tv', 'telly')))
      expect(await store.list()).toEqual([ruleOf('a', 'sofa', 'couch'), ruleOf('b', 'tv', 'telly')])
    }))

  it('shows the decision what stands, and all rules', () =>
    withStore(async ({ store }) => {
      const rule = ruleOf('a', 'sofa', 'couch')
      await store.change('a', (standing, rules) => {
        expect([standing, rules]).toEqual([null, []])
        return changeOf('a', 1, rule)
      })
      await store.change('a', (standing, rules) => {
        expect([standing, rules]).toEqual([{ version: 1, rule }, [rule]])
        return changeOf('a', 2, null)
      })
      await store.change('a', (standing, rules) => {
        expect([standing, rules]).toEqual([{ version: 2, rule: null }, []])
        return changeOf('a', 3, rule)
      })
      expect(await store.list()).toEqual([rule])
    }))

  it('keeps change and event together, and neither when the decision throws', () =>
    withStore(async ({ store, sent }) => {
      await store.change('a', () => changeOf('a', 1, ruleOf('a', 'x', 'y')))
      const refusal = new Error('no')
      const refused = store.change('b', () => {
        throw refusal
      })
      await expect(refused).rejects.toBe(refusal)
      expect((await sent()).map(({ id }) => id)).toEqual(['a@1'])
      expect(await store.list()).toHaveLength(1)
    }))

  it('lets nobody in between a look and its change', () =>
    withStore(async ({ store }) => {
      const add = (n: number) =>
        store.change('a', (standing) => changeOf('a', (standing?.version ?? 0) + 1, ruleOf('a', 'x', `y${n}`)))
      await Promise.all(Array.from({ length: 20 }, (_, n) => add(n)))
      await store.change('a', (standing) => {
        expect(standing?.version).toBe(20)
        return changeOf('a', 21, null)
      })
    }))

  it('is durable', async () => {
    const before = await open()
    await before.store.change('a', () => changeOf('a', 1, ruleOf('a', 'x', 'y')))
    const after = await before.reopen()
    expect(await after.store.list()).toEqual([ruleOf('a', 'x', 'y')])
    expect(await after.sent()).toHaveLength(1)
    await after.close()
  })
}
