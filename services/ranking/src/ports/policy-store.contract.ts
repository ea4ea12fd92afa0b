import { type Envelope, type PolicyDocument, type PolicyDraft, policyPublished } from '@eip/contracts'
import { expect, it } from 'vitest'
import type { Decision, Publication } from '../domain/policy-change.ts'
import type { PolicyStore } from './policy-store.port.ts'

/** A store under test; `sent` is what its outbox holds. */
export type PolicyStoreHarness = Readonly<{
  store: PolicyStore
  sent(): Promise<readonly Envelope[]>
  reopen(): Promise<PolicyStoreHarness>
  close(): Promise<void>
}>

const documentOf = (version: number): PolicyDocument => ({
  weights: { text: version, vector: 0.1 + 0.2 },
  features: { text: {}, popularity: { half: 100 } },
})

function publicationOf(version: number, rolledBackTo: number | null = null): Publication {
  const document = documentOf(version)
  return {
    policy: {
      ...{ version, document, rolledBackTo },
      ...{ note: `note ${version}`, publishedBy: 'ann', publishedAt: '2026-01-01T00:00:00.000Z' },
    },
    event: {
      ...{ id: `policy-${version}`, schema: policyPublished.schema, key: 'default', version },
      ...{ occurredAt: 1, recordedAt: 1, deleted: false, market: {} },
      payload: { id: 'default', version, schema: 1, ...document },
    },
  }
}

const draftOf = (revision: number): PolicyDraft => ({
  ...{ revision, basedOn: 1, document: documentOf(revision) },
  ...{ savedBy: 'bob', savedAt: '2026-01-02T00:00:00.000Z' },
})

const publish = (version: number, rolledBackTo: number | null = null): Decision<number> => ({
  answer: version,
  change: { published: publicationOf(version, rolledBackTo), draft: null },
})
const save = (revision: number): Decision<number> => ({
  answer: revision,
  change: { published: null, draft: { state: 'open', revision, draft: draftOf(revision) } },
})

/** Every law of the port, one test each. */
export function policyStoreContract(open: () => Promise<PolicyStoreHarness>): void {
  const withStore = async (work: (harness: PolicyStoreHarness) => Promise<void>) => {
    const harness = await open()
    await work(harness).finally(() => harness.close())
  }

  it('begins with nothing', () =>
    withStore(async ({ store }) => {
      const nothing = { current: null, draft: { state: 'none', revision: 0 } }
      expect(await store.overview(10)).toEqual({ ...nothing, versions: [] })
      expect(await store.read(1)).toBeNull()
      await store.change((standing) => {
        expect(standing).toEqual(nothing)
        return { answer: null, change: null }
      })
    }))

  it('shows the decision what stands, and answers with its answer', () =>
    withStore(async ({ store }) => {
      expect(await store.change(() => publish(1))).toBe(1)
      expect(await store.change(() => save(1))).toBe(1)
      await store.change((standing) => {
        expect(standing.current).toEqual(publicationOf(1).policy)
        expect(standing.draft).toEqual({ state: 'open', revision: 1, draft: draftOf(1) })
        return { answer: null, change: null }
      })
    }))

  it('reads every version, and tells the newest without their documents', () =>
    withStore(async ({ store }) => {
      for (const version of [1, 2, 3]) await store.change(() => publish(version, version === 3 ? 1 : null))
      expect(await store.read(1)).toEqual(publicationOf(1).policy)
      expect(await store.read(4)).toBeNull()
      const { current, versions } = await store.overview(2)
      expect(current).toEqual(publicationOf(3, 1).policy)
      const heads = [publicationOf(3, 1), publicationOf(2)].map(({ policy: { document: _, ...head } }) => head)
      expect(versions).toEqual(heads)
    }))

  it('keeps how a draft ended, and takes the next one after it', () =>
    withStore(async ({ store }) => {
      await store.change(() => save(4))
      const ended = { state: 'discarded', revision: 4, by: 'ann', at: '2026-01-03T00:00:00.000Z' } as const
      await store.change(() => ({ answer: null, change: { published: null, draft: ended } }))
      expect((await store.overview(1)).draft).toEqual(ended)
      await store.change(() => save(5))
      expect((await store.overview(1)).draft).toEqual({ state: 'open', revision: 5, draft: draftOf(5) })
    }))

  it('keeps version, event and draft together, and none of them when the decision throws', () =>
    withStore(async ({ store, sent }) => {
      await store.change(() => publish(1))
      const refusal = new Error('no')
      const refused = store.change(() => {
        throw refusal
      })
      await expect(refused).rejects.toBe(refusal)
      const { current, draft } = await store.overview(1)
      expect([current?.version, draft.state]).toEqual([1, 'none'])
      expect((await sent()).map(({ id }) => id)).toEqual(['policy-1'])
    }))

  it('never changes a published version: all of the change is refused', () =>
    withStore(async ({ store, sent }) => {
      await store.change(() => publish(1))
      const again = publicationOf(1, 7)
      const open = { state: 'open', revision: 1, draft: draftOf(1) } as const
      await expect(store.change(() => ({ answer: null, change: { published: again, draft: open } }))).rejects.toThrow()
      expect((await store.read(1))?.rolledBackTo).toBeNull()
      expect((await store.overview(1)).draft.state).toBe('none')
      expect(await sent()).toHaveLength(1)
    }))

  it('lets nobody in between a look and its change', () =>
    withStore(async ({ store, sent }) => {
      const next = () => store.change((standing) => publish((standing.current?.version ?? 0) + 1))
      const answers = await Promise.all(Array.from({ length: 20 }, next))
      expect(answers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, at) => at + 1))
      expect((await sent()).map(({ version }) => version)).toEqual(answers.toSorted((a, b) => a - b))
    }))

  it('is durable', async () => {
    const before = await open()
    await before.store.change(() => publish(1))
    await before.store.change(() => save(1))
    const overview = await before.store.overview(5)
    const after = await before.reopen()
    expect(await after.store.overview(5)).toEqual(overview)
    expect(await after.sent()).toHaveLength(1)
    await after.close()
  })
}
