import type { PolicyDocument } from '@eip/contracts'
import { defaultPolicy, parsePolicy } from '@eip/engine-ranking'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStage, type Running, type Stage } from './testing/open-stage.ts'

const { weights, features, guards } = defaultPolicy
const usual: PolicyDocument = { weights, features, guards }
const weighing = (weights: Readonly<Record<string, number>>): PolicyDocument => ({
  ...usual,
  weights: { ...usual.weights, ...weights },
})

let stage: Stage
let client: Running['client']
let stop: Running['stop']
beforeEach(async () => {
  stage = await openStage()
  const running = await stage.start()
  client = running.client
  stop = running.stop
})
afterEach(() => stage[Symbol.asyncDispose]())

const save = (document: PolicyDocument, by = 'ann', revision = 0, basedOn = 1) =>
  client.saveDraft({ document, basedOn, revision, by })
const publish = async (document: PolicyDocument, by = 'ann', note = '') => {
  const { draft, current } = await client.listPolicies({})
  const saved = await save(document, by, draft?.revision ?? 0, current.version)
  return client.publishDraft({ revision: saved.revision, note, by })
}

describe('a new shop', () => {
  it('ranks by the default policy as version 1, and says so on the topic', async () => {
    await stage.hasPublished([1])
    const at = new Date(stage.clock.now()).toISOString()
    const head = {
      version: 1,
      note: 'what a shop starts with',
      publishedBy: 'eip',
      publishedAt: at,
      rolledBackTo: null,
    }
    expect(await client.listPolicies({})).toEqual({
      current: { ...head, document: usual },
      versions: [head],
      draft: null,
    })
    expect(stage.published[0]).toMatchObject({
      ...{ key: 'default', deleted: false, schema: 'ranking.policy-published/1' },
      payload: { id: 'default', version: 1, schema: 2, ...usual },
    })
  })

  it('describes every number of a policy in its schema', async () => {
    const { schema } = await client.schema({})
    expect(schema).toMatchObject({
      properties: {
        weights: { properties: { popularity: { title: 'Popularity', minimum: -100, maximum: 100, default: 0.1 } } },
        features: { properties: { freshness: { properties: { halfLifeDays: { default: 180, maximum: 36_500 } } } } },
      },
    })
  })
})

describe('publishing a draft', () => {
  it('makes it the policy that everybody ranks by, in one event', async () => {
    const document = weighing({ popularity: 0.7 })
    const draft = await save(document, 'ann')
    expect(draft).toMatchObject({ revision: 1, basedOn: 1, savedBy: 'ann', document })
    stage.clock.advance(60_000)
    const policy = await client.publishDraft({ revision: 1, note: 'what many want, first', by: 'bob' })
    expect(policy).toMatchObject({ version: 2, document, note: 'what many want, first', publishedBy: 'bob' })
    await stage.hasPublished([1, 2])
    const event = stage.published[1]!
    expect(event).toMatchObject({ key: 'default', version: 2, recordedAt: stage.clock.now() })
    expect(event.trace).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$/)
    expect(parsePolicy(event.payload).weights.popularity).toBe(0.7)
    const { current, versions, draft: left } = await client.listPolicies({})
    expect([current, left]).toEqual([policy, null])
    expect(versions.map(({ version }) => version)).toEqual([2, 1])
    expect(await client.getPolicy({ version: 1 })).toMatchObject({ document: usual })
  })

  it('that says what is current already publishes nothing, and the draft goes', async () => {
    expect(await publish(usual)).toMatchObject({ version: 1, publishedBy: 'eip' })
    expect((await client.listPolicies({})).draft).toBeNull()
    await publish(weighing({ text: 2 }))
    await stage.hasPublished([1, 2])
  })

  it('needs one', async () => {
    const refused = { code: 'ranking.no-draft', kind: 'not-found' }
    await expect(client.publishDraft({ revision: 1, note: '', by: 'ann' })).rejects.toMatchObject(refused)
    await expect(client.discardDraft({ revision: 1, by: 'ann' })).rejects.toMatchObject(refused)
  })

  it('tells the two hundred newest versions, and reads every one', async () => {
    for (let version = 2; version <= 202; version++) await publish(weighing({ text: version / 10 }))
    const { versions } = await client.listPolicies({})
    expect([versions.length, versions[0]!.version, versions.at(-1)!.version]).toEqual([200, 202, 3])
    expect((await client.getPolicy({ version: 2 })).document.weights.text).toBe(0.2)
    await expect(client.getPolicy({ version: 203 })).rejects.toMatchObject({ code: 'ranking.no-such-policy' })
  })
})

describe('two who work on one draft', () => {
  it('do not overwrite each other: the second is told who was first, and with what', async () => {
    const { draft } = await client.listPolicies({})
    const seen = draft?.revision ?? 0
    const bobs = await save(weighing({ price: 0.4 }), 'bob', seen)
    const refused = save(weighing({ rating: 0.9 }), 'ann', seen)
    await expect(refused).rejects.toMatchObject({
      ...{ code: 'ranking.draft-changed', kind: 'conflict', details: { draft: bobs } },
      message: expect.stringContaining('"bob" saved the draft at 2026-01-01T00:00:00.000Z'),
    })
    const merged = await save(weighing({ price: 0.4, rating: 0.9 }), 'ann', bobs.revision)
    expect(merged).toMatchObject({ revision: 2, savedBy: 'ann' })
    for (const late of [
      client.publishDraft({ revision: 1, note: '', by: 'bob' }),
      client.discardDraft({ revision: 1, by: 'bob' }),
    ])
      await expect(late).rejects.toMatchObject({ code: 'ranking.draft-changed', details: { draft: merged } })
  })

  it('are told when the draft has gone, and lose nothing', async () => {
    await save(weighing({ price: 0.4 }), 'ann')
    expect(await client.discardDraft({ revision: 1, by: 'bob' })).toEqual({ revision: 1 })
    await expect(save(weighing({ price: 0.5 }), 'ann', 1)).rejects.toMatchObject({
      ...{ code: 'ranking.draft-changed', details: { draft: null } },
      message: expect.stringContaining('"bob" discarded revision 1'),
    })
    expect(await save(weighing({ price: 0.5 }), 'ann')).toMatchObject({ revision: 2 })
  })

  it('win once, when ten save at the same time', async () => {
    const saves = Array.from({ length: 10 }, (_, n) => save(weighing({ text: n }), `operator ${n}`))
    const settled = await Promise.allSettled(saves)
    const { draft } = await client.listPolicies({})
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const each of settled)
      if (each.status === 'rejected')
        expect(each.reason).toMatchObject({ code: 'ranking.draft-changed', details: { draft } })
  })

  it('publish once, when ten do at the same time', async () => {
    await save(weighing({ text: 3 }))
    const publishing = Array.from({ length: 10 }, (_, n) =>
      client.publishDraft({ revision: 1, note: `${n}`, by: `operator ${n}` }),
    )
    const settled = await Promise.allSettled(publishing)
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await stage.hasPublished([1, 2])
  })

  it('may ask again when an answer was lost', async () => {
    const first = await save(weighing({ text: 3 }))
    stage.clock.advance(5_000)
    expect(await save(weighing({ text: 3 }))).toEqual(first)
  })
})

describe('a policy that cannot be used', () => {
  it('is refused with every faulty field by name, and nothing is kept of it', async () => {
    const { rating: _, ...others } = usual.weights
    const nonsense = Object.fromEntries(Array.from({ length: 600 }, (_, n) => [`nonsense ${n} ${'x'.repeat(500)}`, n]))
    const document = {
      weights: { ...others, popularity: 1e9, ...nonsense },
      features: { ...usual.features, popularity: { half: -1 }, charm: {} },
    }
    const refusal = await save(document).catch((error: unknown) => error)
    expect(refusal).toMatchObject({ code: 'ranking.bad-policy', kind: 'invalid' })
    const { message, details } = refusal as { message: string; details: { faults: { field: string }[] } }
    expect(message.length).toBeLessThan(4_000)
    const fields = details.faults.map(({ field }) => field)
    expect(fields).toHaveLength(604)
    expect(fields).toEqual(
      expect.arrayContaining(['weights.rating', 'weights.popularity', 'features.popularity.half', 'features.charm']),
    )
    expect((await client.listPolicies({})).draft).toBeNull()
  })

  it('is one that begins with a version that never was', async () => {
    await expect(save(usual, 'ann', 0, 2)).rejects.toMatchObject({
      ...{ code: 'ranking.bad-policy', details: { faults: [{ field: 'basedOn' }] } },
    })
  })
})

describe('rolling back', () => {
  it('publishes the old document as a new version, and leaves the draft', async () => {
    await publish(weighing({ price: 5 }))
    const draft = await save(weighing({ price: 6 }), 'bob', 0, 2)
    const policy = await client.rollBackPolicy({ version: 1, note: 'too cheap', by: 'ann' })
    expect(policy).toMatchObject({ version: 3, document: usual, rolledBackTo: 1, note: 'too cheap' })
    await stage.hasPublished([1, 2, 3])
    expect(stage.published[2]!.payload).toMatchObject({ version: 3, weights: usual.weights })
    expect(await client.listPolicies({})).toMatchObject({ current: policy, draft })
  })

  it('to what is current is no new version, and to what never was is refused', async () => {
    expect(await client.rollBackPolicy({ version: 1, note: '', by: 'ann' })).toMatchObject({ version: 1 })
    await expect(client.rollBackPolicy({ version: 2, note: '', by: 'ann' })).rejects.toMatchObject({
      code: 'ranking.no-such-policy',
    })
    await stage.hasPublished([1])
  })
})

describe('a restart', () => {
  it('keeps versions and draft, and publishes nothing anew', async () => {
    await publish(weighing({ text: 2 }))
    await save(weighing({ text: 3 }), 'bob', 0, 2)
    const before = await client.listPolicies({})
    await stop()
    const restarted = await stage.start()
    expect(await restarted.client.listPolicies({})).toEqual(before)
    await restarted.client.publishDraft({ revision: before.draft!.revision, note: '', by: 'bob' })
    await stage.hasPublished([1, 2, 3])
  })

  it('brings the event of a change that was durable before the bus heard of it', async () => {
    await stage.hasPublished([1])
    stage.letBus('fail')
    await publish(weighing({ text: 2 }))
    await stop()
    expect(stage.published).toHaveLength(1)
    stage.letBus('work')
    await stage.start()
    await stage.hasPublished([1, 2])
  })

  it('tells of a version once, when the bus took it and nobody heard', async () => {
    await stage.hasPublished([1])
    stage.letBus('lose-answers')
    await publish(weighing({ text: 2 }))
    await stage.hasPublished([1, 2])
    await stop()
    stage.letBus('work')
    const { client: restarted } = await stage.start()
    await restarted.rollBackPolicy({ version: 1, note: '', by: 'ann' })
    await stage.hasPublished([1, 2, 3])
  })
})
