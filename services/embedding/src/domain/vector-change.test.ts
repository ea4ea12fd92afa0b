import { describe, expect, it } from 'vitest'
import { decideVector, type ReadProduct, type VectorStanding, withdrawal } from './vector-change.ts'

const occasion = { now: 50, newEventId: () => 'event' }
const unknown: VectorStanding = { version: 0, productVersion: -1, textHash: null, hasVector: false }
const known: VectorStanding = { version: 3, productVersion: 7, textHash: 'old', hasVector: true }
const vector = Float32Array.of(1, -0.5, 0)
const embedded: ReadProduct = { outcome: 'embedded', textHash: 'new', vector }

const decide = (standing: VectorStanding, read: ReadProduct, productVersion = 8) =>
  decideVector('enc', { id: 'a', productVersion, market: { language: 'ko' }, trace: 'trace', read }, standing, occasion)

describe('a product that was read', () => {
  it('is published with its vector as base64 of little-endian float32', () => {
    const { outcome, change } = decide(unknown, embedded)
    expect(outcome).toBe('embedded')
    expect(change!.standing).toEqual({ version: 1, productVersion: 8, textHash: 'new', hasVector: true })
    expect(change!.event).toMatchObject({
      ...{ id: 'event', key: 'enc/a', version: 1, deleted: false, market: { language: 'ko' }, trace: 'trace' },
      payload: { productId: 'a', encoder: 'enc', textHash: 'new', vector: 'AACAPwAAAL8AAAAA' },
    })
  })

  it('gets the next version for another text', () => {
    expect(decide(known, embedded).change).toMatchObject({ standing: { version: 4 }, event: { version: 4 } })
  })

  it('changes nothing when its text is the same, or the change is not new', () => {
    const nothing = { outcome: 'unchanged', change: null }
    expect(decide(known, { ...embedded, textHash: 'old' })).toEqual(nothing)
    expect(decide(known, embedded, 7)).toEqual(nothing)
    expect(decide(known, { outcome: 'removed' }, 6)).toEqual(nothing)
  })

  it('is deleted with a greater version, once', () => {
    const { outcome, change } = decide(known, { outcome: 'removed' })
    expect(outcome).toBe('removed')
    expect(change!.event).toMatchObject({ key: 'enc/a', version: 4, deleted: true, payload: null })
    expect(change!.standing).toEqual({ version: 4, productVersion: 8, textHash: null, hasVector: false })
    expect(decide(change!.standing, { outcome: 'removed' }, 9).change).toBeNull()
    expect(decide(unknown, { outcome: 'removed' }).change).toBeNull()
  })

  it.each(['unreadable', 'failed'] as const)('that is %s is told of only where it had a vector', (outcome) => {
    const first = decide(unknown, { outcome, textHash: 'new' })
    expect(first).toMatchObject({ outcome, change: { standing: { version: 0, textHash: 'new' }, event: null } })
    const later = decide(known, { outcome, textHash: 'new' })
    expect(later.change!.event).toMatchObject({ version: 4, deleted: true, payload: null })
    expect(later.change!.standing).toMatchObject({ textHash: 'new', hasVector: false })
  })
})

it('a vector that is withdrawn is deleted with a greater version; what has none is not told of', () => {
  expect(withdrawal('enc', 'a', known, occasion)).toMatchObject({ key: 'enc/a', version: 4, deleted: true })
  expect(withdrawal('enc', 'a', { ...known, hasVector: false }, occasion)).toBeNull()
})
