import { aProduct } from '@eip/testkit'
import { expect, it } from 'vitest'
import type { OpenHarness } from './harness.ts'
import { analysed, asking, changesOf, found } from './requests.ts'
import { embedded, encoder, meaning, vectorOf } from './vectors.ts'

const north = vectorOf(1)

export function vectorRestartLaws(openHarness: OpenHarness): void {
  it('answers after a restart as before it, by words and by meaning, and goes on', async () => {
    await using harness = openHarness()
    const index = await harness.open()
    const ids = Array.from({ length: 200 }, (_, i) => `p${i}`)
    const products = ids.map((id, i) => aProduct({ id, title: i % 2 ? 'plum' : 'kiwi', language: 'en' }))
    await index.writer.apply(changesOf(products), { 'products/0': 200 })
    const vectors = ids.map((id, i) => embedded(id, 1, vectorOf(1, (i * 7) % 11, (i * 3) % 5)))
    await index.writer.applyVectors(vectors, { 'vectors/0': 200 })
    await index.writer.applyEncoders([{ encoder, version: 1, isHeld: true }], { 'encoders/0': 1 })
    const request = asking({ query: analysed('plum'), vector: meaning(vectorOf(1, 2, 3), { nearest: 20 }), limit: 10 })
    const { statistics: _, ...before } = await index.reader.retrieve(request)
    await index.close()
    const again = await harness.open()
    expect(again.writer.resumeFrom()).toEqual({ 'products/0': 200, 'vectors/0': 200, 'encoders/0': 1 })
    const { statistics: __, ...after } = await again.reader.retrieve(request)
    expect(after).toEqual(before)
    await again.writer.applyVectors([embedded('p0', 1, north), embedded('p1', 2, null)], { 'vectors/0': 202 })
    expect(await again.reader.vectorOf('p1', encoder)).toBeNull()
    expect(await again.reader.vectorOf('p0', encoder)).not.toBeNull()
    expect(again.reader.statistics().encoders).toMatchObject([{ encoder, vectors: 199 }])
    await again.close()
  })

  it('holds versions of deleted vectors, and which encoders it does not hold, over restarts', async () => {
    await using harness = openHarness()
    const index = await harness.open()
    await index.writer.apply(changesOf([aProduct({ id: 'a' }), aProduct({ id: 'b' })]), {})
    await index.writer.applyVectors(
      [embedded('a', 5, null), embedded('b', 1, north), embedded('a', 1, north, 'gone')],
      {},
    )
    await index.writer.applyEncoders([{ encoder: 'gone', version: 3, isHeld: false }], {})
    await index.close()
    for (let turn = 0; turn < 2; turn++) {
      const again = await harness.open()
      await again.writer.applyVectors([embedded('a', 4, north), embedded('a', 2, north, 'gone')], {})
      await again.writer.applyEncoders([{ encoder: 'gone', version: 2, isHeld: true }], {})
      expect(await found(again, { vector: meaning(north) })).toEqual(['b'])
      expect(again.reader.statistics().encoders).toMatchObject([{ encoder, vectors: 1 }])
      await again.close()
    }
    const last = await harness.open()
    await last.writer.applyVectors([embedded('a', 6, north)], {})
    expect(await found(last, { vector: meaning(north) })).toEqual(['a', 'b'])
    await last.close()
  })

  it('saves vectors often, and when nothing changed', async () => {
    await using harness = openHarness()
    const index = await harness.open()
    await index.writer.apply(changesOf([aProduct({ id: 'a' })]), {})
    for (let version = 1; version <= 4; version++) {
      await index.writer.applyVectors([embedded('a', version, vectorOf(1, version))], { 'vectors/0': version })
      await index.writer.save()
      await index.writer.save()
      await index.writer.apply([{ id: 'b', version, product: aProduct({ id: 'b' }) }], { 'products/0': version })
      await index.writer.save()
    }
    const before = await index.reader.vectorOf('a', encoder)
    await index.close()
    const again = await harness.open()
    expect(await again.reader.vectorOf('a', encoder)).toEqual(before)
    expect(again.writer.resumeFrom()).toEqual({ 'vectors/0': 4, 'products/0': 4 })
    await again.close()
  })
}
