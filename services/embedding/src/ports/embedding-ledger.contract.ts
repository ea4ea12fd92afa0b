import { type Envelope, encoderPublished, productEmbedded } from '@eip/contracts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EncoderRecord, EncoderState } from '../domain/encoder-states.ts'
import { decideVector, type ReadProduct, type VectorStanding, withdrawal } from '../domain/vector-change.ts'
import type { EmbeddingLedger } from './embedding-ledger.port.ts'

/** A ledger and what it has sent on its way, in order. `reopen` leaves it as after a crash: only what was durable is there. */
export type EmbeddingLedgerHarness = Readonly<{
  ledger: EmbeddingLedger
  sent(): Promise<readonly Envelope[]>
  reopen(): Promise<EmbeddingLedgerHarness>
  close(): Promise<void>
}>

/** Every adapter keeps these laws. */
export function embeddingLedgerContract(open: () => Promise<EmbeddingLedgerHarness>): void {
  let harness: EmbeddingLedgerHarness
  let events = 0
  const occasion = { now: Date.UTC(2026, 0, 1), newEventId: () => `event ${events++}` }

  const recordOf = (encoder: string, state: EncoderState, version: number): EncoderRecord => ({
    description: { encoder, kind: 'transformer', name: 'A model', dimensions: 3, languages: ['en', 'ko'] },
    ...{ state, version, vectors: 4, trainedOn: null, since: 12 },
  })
  const put = (...records: EncoderRecord[]) => harness.ledger.changeEncoders(occasion, () => records)
  const embedded = (textHash: string): ReadProduct => ({
    outcome: 'embedded',
    textHash,
    vector: Float32Array.of(1, 0, 0),
  })
  const record = (encoder: string, ...reads: readonly (readonly [id: string, version: number, read: ReadProduct])[]) =>
    harness.ledger.record(
      encoder,
      reads.map(([id, productVersion, read]) => ({ id, productVersion, market: {}, trace: undefined, read })),
      (request, standing) => decideVector(encoder, request, standing, occasion),
    )
  const withdraw = (encoder: string, limit: number) =>
    harness.ledger.withdraw(encoder, limit, (id, standing) => withdrawal(encoder, id, standing, occasion))
  const counts = async () =>
    (await harness.ledger.encoders()).map(({ description, products, embedded }) => {
      return `${description.encoder} ${embedded}/${products}`
    })
  const sentBriefly = async () =>
    (await harness.sent()).map(({ key, version, deleted, schema }) => {
      const what = schema === productEmbedded.schema ? 'vector' : 'encoder'
      return `${what} ${key} ${version}${deleted ? ' deleted' : ''}`
    })
  const unknown = (version = 0): VectorStanding => ({ version, productVersion: -1, textHash: null, hasVector: false })

  describe('embedding ledger', () => {
    beforeEach(async () => {
      harness = await open()
    })
    afterEach(() => harness.close())

    it('holds encoders as they were written, in the order they began, and publishes each change', async () => {
      const answer = await put(recordOf('b', 'filling', 1), recordOf('a', 'filling', 1))
      const changed = { ...recordOf('b', 'serving', 2), trainedOn: 60, since: 99 }
      await put(changed)
      const known = await harness.ledger.encoders()
      expect(known).toEqual([
        { ...changed, products: 0, embedded: 0 },
        { ...recordOf('a', 'filling', 1), products: 0, embedded: 0 },
      ])
      expect(answer.map(({ state }) => state)).toEqual(['filling', 'filling'])
      expect(await sentBriefly()).toEqual(['encoder b 1', 'encoder a 1', 'encoder b 2'])
      const [first] = await harness.sent()
      expect(first).toMatchObject({ schema: encoderPublished.schema, payload: { encoder: 'b', state: 'filling' } })
    })

    it('writes and sends nothing when nothing changes or the decision fails', async () => {
      await put()
      const failing = harness.ledger.changeEncoders(occasion, () => {
        throw new Error('no')
      })
      await expect(failing).rejects.toThrow('no')
      expect(await harness.ledger.encoders()).toEqual([])
      expect(await harness.sent()).toEqual([])
    })

    it('asks for every change of encoders with what stands after the one before', async () => {
      await put(recordOf('a', 'filling', 1))
      const grow = () =>
        harness.ledger.changeEncoders(occasion, ([first]) => [recordOf('a', 'filling', first!.version + 1)])
      await Promise.all([grow(), grow(), grow()])
      expect(await sentBriefly()).toEqual(['encoder a 1', 'encoder a 2', 'encoder a 3', 'encoder a 4'])
    })

    it('knows nothing of a product that was never read', async () => {
      expect(await harness.ledger.standings('nobody', ['x'])).toEqual([unknown()])
      await put(recordOf('a', 'filling', 1))
      expect(await harness.ledger.standings('a', ['x', 'y'])).toEqual([unknown(), unknown()])
      expect(await harness.ledger.standings('a', [])).toEqual([])
    })

    it('holds what was recorded by encoder, sends its events and counts', async () => {
      await put(recordOf('a', 'filling', 1), recordOf('b', 'serving', 1))
      const outcomes = await record(
        'a',
        ['x', 1, embedded('one')],
        ['y', 1, { outcome: 'unreadable', textHash: 'none' }],
        ['x', 2, embedded('two')],
        ['x', 3, embedded('two')],
        ['gone', 1, { outcome: 'removed' }],
      )
      expect(outcomes).toEqual(['embedded', 'unreadable', 'embedded', 'unchanged', 'unchanged'])
      await record('b', ['x', 1, embedded('one')])
      expect(await harness.ledger.standings('a', ['y', 'x', 'gone'])).toEqual([
        { version: 0, productVersion: 1, textHash: 'none', hasVector: false },
        { version: 2, productVersion: 2, textHash: 'two', hasVector: true },
        unknown(),
      ])
      expect(await counts()).toEqual(['a 1/2', 'b 1/1'])
      await record('a', ['x', 4, { outcome: 'removed' }])
      expect(await counts()).toEqual(['a 0/1', 'b 1/1'])
      expect((await sentBriefly()).slice(2)).toEqual([
        ...['vector a/x 1', 'vector a/x 2', 'vector b/x 1', 'vector a/x 3 deleted'],
      ])
    })

    it('keeps and sends nothing of a call that fails in the middle', async () => {
      await put(recordOf('a', 'filling', 1))
      const requests = ['x', 'y'].map((id) => ({
        ...{ id, productVersion: 1, market: {}, trace: undefined, read: embedded('one') },
      }))
      const failing = harness.ledger.record('a', requests, (request, standing) => {
        if (request.id === 'y') throw new Error('no')
        return decideVector('a', request, standing, occasion)
      })
      await expect(failing).rejects.toThrow('no')
      expect(await harness.ledger.standings('a', ['x'])).toEqual([unknown()])
      expect(await counts()).toEqual(['a 0/0'])
      expect(await sentBriefly()).toEqual(['encoder a 1'])
    })

    it('records nothing for an encoder that is unknown or retired', async () => {
      await put(recordOf('a', 'retired', 1))
      for (const encoder of ['a', 'nobody']) expect(await record(encoder, ['x', 1, embedded('one')])).toEqual([])
      expect(await sentBriefly()).toEqual(['encoder a 1'])
    })

    it('withdraws from retired encoders alone, a slice at a time, and keeps the versions', async () => {
      await put(recordOf('a', 'filling', 1), recordOf('b', 'serving', 1))
      const many = Array.from({ length: 25 }, (_, i) => [`p${i}`, 1, embedded('one')] as const)
      await record('a', ...many, ['p3', 2, embedded('two')], ['none', 1, { outcome: 'failed', textHash: 'x' }])
      await record('b', ['p3', 1, embedded('one')])
      expect(await withdraw('a', 10)).toBe(0)
      await put(recordOf('a', 'retired', 2))
      const before = (await harness.sent()).length
      const slices = [
        await withdraw('a', 10),
        await withdraw('a', 10),
        await withdraw('a', 10),
        await withdraw('a', 10),
      ]
      expect(slices).toEqual([10, 10, 6, 0])
      expect(await withdraw('nobody', 10)).toBe(0)
      const sent = (await sentBriefly()).slice(before)
      expect(sent.sort()).toEqual(many.map(([id]) => `vector a/${id} ${id === 'p3' ? 3 : 2} deleted`).sort())
      expect(await counts()).toEqual(['a 0/0', 'b 1/1'])
      await put(recordOf('a', 'filling', 3))
      await record('a', ['p3', 2, embedded('two')], ['p4', 1, embedded('one')])
      expect((await sentBriefly()).slice(-2)).toEqual(['vector a/p3 4', 'vector a/p4 4'])
    })

    it('holds after a crash what was resolved before it', async () => {
      await put(recordOf('a', 'serving', 1))
      await record('a', ['x', 1, embedded('one')])
      const before = [await harness.ledger.encoders(), await harness.sent()]
      harness = await harness.reopen()
      expect([await harness.ledger.encoders(), await harness.sent()]).toEqual(before)
      expect(await harness.ledger.standings('a', ['x'])).toMatchObject([{ version: 1, hasVector: true }])
    })
  })
}
