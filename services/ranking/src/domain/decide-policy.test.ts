import type { PolicyDocument } from '@eip/contracts'
import { defaultPolicy } from '@eip/engine-ranking'
import { isFailure } from '@eip/kernel'
import { describe, expect, it } from 'vitest'
import { decideDiscard, decideFirst, decidePublish, decideRollBack, decideSave } from './decide-policy.ts'
import type { Decision, Occasion, Standing } from './policy-change.ts'
import { soundDocument } from './policy-document.ts'

const { weights, features, guards } = defaultPolicy
const usual: PolicyDocument = { weights, features, guards }
const withText = (text: number): PolicyDocument => ({ ...usual, weights: { ...usual.weights, text } })
const at = (now: number, by = 'ann'): Occasion => ({ now, by, eventId: `event-${now}` })
const nothing: Standing = { current: null, draft: { state: 'none', revision: 0 } }

const after = (standing: Standing, { change }: Decision<unknown>): Standing => ({
  current: change?.published?.policy ?? standing.current,
  draft: change?.draft ?? standing.draft,
})
const begun = after(nothing, decideFirst(nothing, usual, at(0, 'eip')))
const saved = (text: number, by = 'ann', standing = begun, now = 1) => {
  const revision = standing.draft.state === 'open' ? standing.draft.revision : 0
  return after(standing, decideSave(standing, { document: withText(text), basedOn: 1, revision }, at(now, by)))
}
const failureOf = (work: () => unknown) => {
  try {
    work()
  } catch (error) {
    if (isFailure(error)) return error
  }
  throw new Error('it was allowed')
}

describe('a shop', () => {
  it('starts with version 1, and only once', () => {
    expect(begun.current).toMatchObject({ version: 1, document: usual, publishedBy: 'eip', rolledBackTo: null })
    expect(decideFirst(begun, withText(2), at(9)).change).toBeNull()
  })
})

describe('saving a draft', () => {
  it('counts revisions on, whoever saves', () => {
    const first = saved(2)
    expect(first.draft).toMatchObject({ state: 'open', revision: 1, draft: { savedBy: 'ann', basedOn: 1 } })
    expect(saved(3, 'bob', first).draft).toMatchObject({ revision: 2, draft: { savedBy: 'bob' } })
  })

  it('of what the same hand saved just so changes nothing, whichever revision it names', () => {
    const standing = saved(2)
    for (const revision of [0, 1]) {
      const again = decideSave(standing, { document: withText(2), basedOn: 1, revision }, at(2))
      expect(again).toMatchObject({ answer: { revision: 1 }, change: null })
    }
    const other = decideSave(standing, { document: withText(2), basedOn: 1, revision: 1 }, at(2, 'bob'))
    expect(other.answer).toMatchObject({ revision: 2, savedBy: 'bob' })
  })

  it('over a draft that was not seen is refused with that draft, and says who saved it when', () => {
    const standing = saved(2, 'bob')
    const failure = failureOf(() => decideSave(standing, { document: withText(3), basedOn: 1, revision: 0 }, at(2)))
    expect(failure).toMatchObject({ code: 'ranking.draft-changed', kind: 'conflict' })
    expect(failure.message).toContain('"bob" saved the draft at 1970-01-01T00:00:00.001Z (revision 1)')
    expect(failure.details.draft).toMatchObject({ revision: 1, savedBy: 'bob', document: withText(2) })
  })

  it('after another ended the draft is refused without a draft, and says who ended it how', () => {
    const standing = saved(2)
    const discarded = after(standing, decideDiscard(standing, 1, at(5, 'bob')))
    const failure = failureOf(() => decideSave(discarded, { document: withText(3), basedOn: 1, revision: 1 }, at(6)))
    expect(failure).toMatchObject({ code: 'ranking.draft-changed', details: { draft: null } })
    expect(failure.message).toContain('"bob" discarded revision 1 at 1970-01-01T00:00:00.005Z')
    // A number never means two drafts.
    expect(saved(3, 'ann', discarded).draft).toMatchObject({ state: 'open', revision: 2 })
  })

  it('on an older version than the current one is kept, on one that never was is refused', () => {
    const published = after(saved(2), decidePublish(saved(2), { revision: 1, note: '' }, at(3)))
    const decision = decideSave(published, { document: withText(4), basedOn: 1, revision: 0 }, at(4))
    expect(decision.answer).toMatchObject({ basedOn: 1, revision: 2 })
    const failure = failureOf(() => decideSave(published, { document: withText(4), basedOn: 3, revision: 0 }, at(4)))
    expect(failure).toMatchObject({ code: 'ranking.bad-policy', details: { faults: [{ field: 'basedOn' }] } })
  })
})

describe('publishing', () => {
  it('makes the draft the next version, ends it, and tells of it in one change', () => {
    const { answer, change } = decidePublish(saved(2), { revision: 1, note: 'words first' }, at(7, 'bob'))
    expect(answer).toMatchObject({ version: 2, note: 'words first', publishedBy: 'bob', document: withText(2) })
    expect(change?.draft).toMatchObject({ state: 'published', revision: 1, by: 'bob' })
    expect(change?.published?.event).toMatchObject({
      ...{ id: 'event-7', key: 'default', version: 2, occurredAt: 7, recordedAt: 7, deleted: false },
      payload: { id: 'default', version: 2, schema: 2, ...withText(2) },
    })
  })

  it('a draft that says what is current answers the current version, and the draft goes', () => {
    const { answer, change } = decidePublish(saved(1), { revision: 1, note: 'same' }, at(7))
    expect(answer).toBe(begun.current)
    expect(change).toMatchObject({ published: null, draft: { state: 'published' } })
  })

  it('needs a draft, and the one that was seen', () => {
    expect(failureOf(() => decidePublish(begun, { revision: 1, note: '' }, at(2))).code).toBe('ranking.no-draft')
    const standing = saved(3, 'bob', saved(2))
    const failure = failureOf(() => decidePublish(standing, { revision: 1, note: '' }, at(2)))
    expect(failure).toMatchObject({ code: 'ranking.draft-changed', details: { draft: { revision: 2 } } })
  })
})

describe('rolling back', () => {
  it('is a new version with the old document; the draft stays', () => {
    const second = after(saved(2), decidePublish(saved(2), { revision: 1, note: '' }, at(3)))
    const drafted = saved(5, 'ann', second)
    const { answer, change } = decideRollBack(drafted, begun.current!, 'too bold', at(4))
    expect(answer).toMatchObject({ version: 3, document: usual, rolledBackTo: 1, note: 'too bold' })
    expect(change).toMatchObject({ draft: null, published: { event: { version: 3 } } })
  })

  it('to what is current is no new version', () => {
    expect(decideRollBack(begun, begun.current!, '', at(4))).toEqual({ answer: begun.current, change: null })
  })
})

describe('a document', () => {
  it('of nonsense is refused under the public code, with every faulty field', () => {
    const manyWeights = Object.fromEntries(Array.from({ length: 600 }, (_, field) => [`w${field}`, 1]))
    const { code, details, cure } = failureOf(() => soundDocument({ weights: manyWeights, features: {}, guards: {} }))
    expect(code).toBe('ranking.bad-policy')
    expect(cure).toContain('/api/v1/policies/schema')
    const fields = (details.faults as { field: string }[]).map(({ field }) => field)
    expect(fields).toEqual(expect.arrayContaining(['weights.popularity', 'weights.w599', 'features.rating']))
  })
})
