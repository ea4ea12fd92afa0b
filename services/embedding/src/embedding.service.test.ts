import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { type EmbeddedProduct, type Envelope, productChanged } from '@eip/contracts'
import { until } from '@eip/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSqliteLedger } from './adapters/sqlite.embedding-ledger.fixture.ts'
import { changed, deleted, keysOf, many, openStage } from './stage.fixture.ts'

let stage: Awaited<ReturnType<typeof openStage>>
beforeEach(async () => {
  stage = await openStage(openSqliteLedger)
})
afterEach(() => stage.close())

const floatsOf = ({ payload }: Envelope<EmbeddedProduct>) => {
  const bytes = Buffer.from(payload!.vector, 'base64')
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4)
}
/** The service with the encoder `a` serving, and the catalogue read. */
async function serving(...events: Envelope[]) {
  await stage.putArtifact('a')
  await stage.publish(...events)
  const running = await stage.start()
  await running.client.useEncoder({ encoder: 'a' })
  await running.isIn('a', 'serving')
  return running
}
const arrived = (count: number) => until(`${count} vectors came`, () => stage.vectors.length >= count)
const briefly = () => stage.vectors.map(({ key, version, deleted }) => `${key} ${version}${deleted ? ' deleted' : ''}`)
const states = () => stage.published.map(({ key, version, payload }) => `${key} ${version} ${payload!.state}`)

describe('product vectors', () => {
  it('come for every product, as base64 of as many float32 as the encoder has dimensions', async () => {
    await serving(changed('x', 3, { title: 'Red shoe', language: 'en' }), changed('y', 1, { active: false }))
    await arrived(2)
    const event = stage.vectors.find(({ key }) => key === 'a/x')!
    expect(event).toMatchObject({ version: 1, deleted: false, payload: { productId: 'x', encoder: 'a' } })
    expect(floatsOf(event)).toHaveLength(8)
    expect(Math.hypot(...floatsOf(event))).toBeCloseTo(1, 5)
    expect(stage.held()).toEqual(['a/x', 'a/y'])
  })

  it('come anew with a greater version for another text, and not for another price', async () => {
    const running = await serving(changed('x', 1, { title: 'Red shoe' }))
    await arrived(1)
    await stage.publish(changed('x', 2, { title: 'Red shoe', price: { amount: 5, currency: 'EUR' }, active: false }))
    await stage.publish(changed('x', 3, { title: 'Blue shoe' }))
    await arrived(2)
    await stage.publish(changed('x', 4, { title: 'Blue shoe', seller: 'ACME' }))
    await running.hasRead('a')
    expect(briefly()).toEqual(['a/x 1', 'a/x 2'])
    expect(stage.vectors[1]!.payload!.textHash).not.toBe(stage.vectors[0]!.payload!.textHash)
    expect(stage.encoders.read).toEqual(['Red shoe', 'Blue shoe'])
  })

  it('are deleted with the product, and come back with it', async () => {
    const running = await serving(changed('x', 1), changed('y', 1))
    await stage.publish(deleted('x', 2), deleted('never there', 1))
    await arrived(3)
    expect(stage.held()).toEqual(['a/y'])
    await stage.publish(changed('x', 3))
    await arrived(4)
    await running.hasRead('a')
    expect(briefly().filter((each) => each.startsWith('a/x'))).toEqual(['a/x 1', 'a/x 2 deleted', 'a/x 3'])
    expect(await running.stateOf('a')).toMatchObject({ embedded: 2, lag: 0 })
  })

  it('are none for a product with nothing to read', async () => {
    const running = await serving(changed('x', 1, { title: 'nothing' }), changed('y', 1))
    await stage.publish(changed('y', 2, { title: 'nothing' }))
    await arrived(2)
    await running.hasRead('a')
    expect(briefly()).toEqual(['a/y 1', 'a/y 2 deleted'])
  })

  it('are the same when everything is delivered again', async () => {
    const running = await serving(...many(40), deleted('p7', 2), changed('p8', 2, { title: 'Other' }))
    await running.hasRead('a')
    const before = briefly()
    await stage.bus.replay('embedding.a', [productChanged], 'start')
    await running.hasRead('a')
    await stage.publish(changed('last', 1))
    await until('the last came', () => stage.held().includes('a/last'))
    expect(briefly()).toEqual([...before, 'a/last 1'])
  })

  it('of the rest come although one product breaks the encoder', async () => {
    stage.encoders.before.encode = (_, products) => {
      if (products.some(({ title }) => title === 'poison')) throw new Error('cannot be encoded')
    }
    const running = await serving(
      ...many(50),
      changed('bad', 1, { title: 'poison' }),
      changed('p3', 2, { title: 'poison' }),
    )
    await running.hasRead('a')
    expect(stage.held()).toEqual(keysOf('a', 50).filter((key) => key !== 'a/p3'))
    expect(await stage.bus.parking.list('embedding.a')).toEqual([])
    expect(await running.metrics.text()).toContain('eip_embedding_products_total{encoder="a",outcome="failed"} 2')
  })

  it('wait while the encoder itself is broken, which is said, and nothing is lost or parked', async () => {
    const running = await serving(changed('x', 1))
    stage.encoders.before.encode = () => {
      throw new Error('the encoder thread has died')
    }
    await stage.publish(...many(30))
    await until('it says so', async () => (await running.stateOf('a'))?.trouble?.includes('has died'))
    expect(stage.held()).toEqual(['a/x'])
    stage.encoders.before.encode = () => {}
    await running.hasRead('a')
    await until('all came', () => stage.held().length === 31)
    expect(await running.stateOf('a')).toMatchObject({ trouble: null, embedded: 31 })
  })
})

describe('a restart', () => {
  it('goes on where the ledger stands, and encodes nothing twice', async () => {
    const running = await serving(...many(40))
    await arrived(40)
    await running.stop()
    await stage.publish(...many(10, 40))
    const again = await stage.start()
    await until('the new ones came', () => stage.vectors.length === 50)
    expect(await again.stateOf('a')).toMatchObject({ state: 'serving', embedded: 50, vectors: 40 })
    expect(stage.encoders.read).toHaveLength(50)
    expect(states()).toEqual(['a 1 filling', 'a 2 serving'])
  })

  it('after a crash between encoding and commit loses nothing and shows nothing twice', async () => {
    await stage.putArtifact('a')
    await stage.publish(...many(100))
    let left = 1
    const crashing = await stage.start({
      ledger: (ledger) => ({
        ...ledger,
        record: (...values) => (left-- > 0 ? ledger.record(...values) : Promise.reject(new Error('killed'))),
      }),
    })
    await crashing.client.useEncoder({ encoder: 'a' })
    await until('it fails', async () => (await crashing.stateOf('a'))?.trouble === 'killed')
    await crashing.stop()
    expect(stage.vectors.length).toBeLessThan(100)
    const again = await stage.start()
    await again.isIn('a', 'serving')
    await until('all came', () => stage.vectors.length >= 100)
    expect(briefly().sort()).toEqual(keysOf('a', 100).map((key) => `${key} 1`))
  })

  it('after an answer of the bus was lost shows nothing twice', async () => {
    await stage.putArtifact('a')
    await stage.publish(...many(60))
    let lost = 0
    const running = await stage.start({
      bus: (bus) => ({
        ...bus,
        publish: async (...values) => {
          await bus.publish(...values)
          if (lost++ < 3) throw new Error('answer lost')
        },
      }),
    })
    await running.client.useEncoder({ encoder: 'a' })
    await running.isIn('a', 'serving')
    await until('all came', () => stage.vectors.length >= 60 && stage.published.length >= 2)
    expect(briefly().sort()).toEqual(keysOf('a', 60).map((key) => `${key} 1`))
    expect(states()).toEqual(['a 1 filling', 'a 2 serving'])
  })

  it('makes every vector anew where the ledger is lost, whatever the bus has handed out', async () => {
    const running = await serving(...many(20))
    await arrived(20)
    await running.stop()
    for (const end of ['', '-wal', '-shm']) rmSync(join(stage.folder, `embedding.sqlite${end}`), { force: true })
    const again = await stage.start({ startsWith: 'a' })
    await again.isIn('a', 'serving')
    expect(await again.stateOf('a')).toMatchObject({ vectors: 20 })
  })

  it('stops in the middle of a long batch, and the rest comes at the next start', async () => {
    let isSlow = true
    stage.encoders.before.encode = async (_, products) => {
      if (isSlow && products.length > 1) await until('released', () => !isSlow)
    }
    await stage.putArtifact('a')
    await stage.publish(...many(200))
    const running = await stage.start({ startsWith: 'a' })
    await running.isIn('a', 'filling')
    const stopping = running.stop()
    isSlow = false
    await stopping
    expect(stage.encoders.read.length).toBeLessThan(200)
    const again = await stage.start()
    await again.isIn('a', 'serving')
    await until('all came', () => stage.held().length === 200)
  })
})

describe('another encoder', () => {
  it('is filled while the one before serves and both are fed; then it serves', async () => {
    const running = await serving(...many(50))
    await stage.putArtifact('b', 16)
    const gate = Promise.withResolvers<void>()
    stage.encoders.before.encode = (encoder) => (encoder === 'b' ? gate.promise : undefined)
    await running.client.useEncoder({ encoder: 'b' })
    await stage.publish(changed('new', 1))
    await until('the old one reads on', () => stage.held().includes('a/new'))
    expect((await running.client.status({})).encoders.map(({ encoder, state }) => `${encoder} ${state}`)).toEqual([
      ...['a serving', 'b filling'],
    ])
    gate.resolve()
    await running.isIn('b', 'serving')
    expect(await running.stateOf('b')).toMatchObject({ vectors: 51, embedded: 51, dimensions: 16 })
    await until('it is known', () => stage.published.length === 5)
    expect(states()).toEqual(['a 1 filling', 'a 2 serving', 'b 1 filling', 'a 3 standby', 'b 2 serving'])
    await stage.publish(changed('newer', 1))
    await until('both are fed', () => ['a/newer', 'b/newer'].every((key) => stage.held().includes(key)))
    const widths = stage.vectors.map((event) => `${event.payload!.encoder} ${floatsOf(event).length}`)
    expect(new Set(widths)).toEqual(new Set(['a 8', 'b 16']))
  })

  it('can be gone back from at once, and is retired with its vectors when the window is over', async () => {
    const running = await serving(...many(1_200))
    await stage.putArtifact('b')
    await running.client.useEncoder({ encoder: 'b' })
    await running.isIn('b', 'serving')
    const { encoders } = await running.client.useEncoder({ encoder: 'a' })
    expect(encoders.map(({ encoder, state }) => `${encoder} ${state}`)).toEqual(['a serving', 'b standby'])
    stage.clock.advance(3_599_999)
    await stage.publish(deleted('p0', 2), changed('fresh', 1))
    await until('it is still fed', () => stage.held().includes('b/fresh'))
    expect((await running.stateOf('b'))?.state).toBe('standby')
    stage.clock.advance(1)
    await running.isIn('b', 'retired')
    await until('its vectors are gone', () => !stage.held().some((key) => key.startsWith('b/')))
    await until('its rows too', async () => (await running.stateOf('b'))?.embedded === 0)
    expect(await running.stateOf('b')).toMatchObject({ lag: null, trouble: null })
    expect(stage.held()).toHaveLength(1_200)
    expect(states().slice(-1)).toEqual(['b 4 retired'])
  })

  it('that was retired can be used again, and its versions go on', async () => {
    const running = await serving(...many(700))
    for (const encoder of ['b', 'c']) {
      await stage.putArtifact(encoder)
      await running.client.useEncoder({ encoder })
      await running.isIn(encoder, 'serving')
    }
    expect((await running.stateOf('a'))?.state).toBe('retired')
    await running.client.useEncoder({ encoder: 'a' })
    await running.isIn('a', 'serving')
    await until('its vectors are back', () => stage.held().filter((key) => key.startsWith('a/')).length === 700)
    const versions = stage.vectors.filter(({ key }) => key === 'a/p5').map(({ version, deleted }) => [version, deleted])
    expect(versions).toEqual([
      [1, false],
      [2, true],
      [3, false],
    ])
  })

  it('that was filling goes when a newer one is wanted, or the old one is', async () => {
    const running = await serving(...many(30))
    stage.encoders.before.encode = async (encoder) => {
      if (encoder === 'b') throw new Error('never ready')
    }
    await stage.putArtifact('b')
    await stage.putArtifact('c')
    await running.client.useEncoder({ encoder: 'b' })
    await running.client.useEncoder({ encoder: 'c' })
    await running.isIn('c', 'serving')
    expect(await running.stateOf('b')).toMatchObject({ state: 'retired' })
    await running.client.useEncoder({ encoder: 'b' })
    await running.client.useEncoder({ encoder: 'c' })
    expect(await running.stateOf('b')).toMatchObject({ state: 'retired' })
    expect(await running.stateOf('c')).toMatchObject({ state: 'serving' })
  })
})

describe('an artefact', () => {
  it('that is not there, or is no name, is refused', async () => {
    const { client } = await stage.start()
    await expect(client.useEncoder({ encoder: 'nobody' })).rejects.toMatchObject({ code: 'embedding.no-such-encoder' })
    await expect(client.useEncoder({ encoder: '../x' })).rejects.toMatchObject({ kind: 'invalid' })
    expect((await client.status({})).encoders).toEqual([])
  })

  it('that is damaged, or holds another encoder, is refused by name', async () => {
    const { client } = await stage.start()
    await stage.putArtifact('a')
    rmSync(join(await stage.artifacts.open('encoder', 'a'), 'encoder.json'))
    await expect(client.useEncoder({ encoder: 'a' })).rejects.toMatchObject({
      ...{ code: 'artifacts.damaged', message: expect.stringContaining('encoder.json') },
    })
    await stage.putArtifact('b')
    await stage.artifacts.put('encoder', 'swapped', await stage.artifacts.open('encoder', 'b'))
    await expect(client.useEncoder({ encoder: 'swapped' })).rejects.toMatchObject({
      ...{ code: 'embedding.other-encoder', message: expect.stringContaining('"b"') },
    })
    expect(stage.encoders.opened()).toBe(stage.encoders.closed())
  })

  it('that is broken at the start is in trouble by name, holds nothing else up, and is taken up when it is mended', async () => {
    const running = await serving(...many(10))
    await stage.putArtifact('b')
    await running.client.useEncoder({ encoder: 'b' })
    await running.isIn('b', 'serving')
    await running.stop()
    await stage.artifacts.remove('encoder', 'b')
    const again = await stage.start()
    await until('it says so', async () => (await again.stateOf('b'))?.trouble?.includes('"b"'))
    expect(again.service.missing?.()).toBeNull()
    await stage.publish(changed('x', 1))
    await until('the other reads', () => stage.held().includes('a/x'))
    expect(await again.stateOf('b')).toMatchObject({ state: 'serving', lag: 1 })
    expect(await again.stateOf('a')).toMatchObject({ state: 'standby', trouble: null, lag: 0 })
    await stage.putArtifact('b')
    await until('it is mended', () => stage.held().includes('b/x'))
    expect(await again.stateOf('b')).toMatchObject({ trouble: null })
  })

  it('that the configuration names serves from the start; one that is missing is said', async () => {
    await stage.putArtifact('a')
    await stage.publish(...many(10))
    const running = await stage.start({ startsWith: 'a' })
    await running.isIn('a', 'serving')
    await running.stop()
    const missing = await stage.start({ startsWith: 'nobody' })
    await until('it says so', async () => (await missing.client.status({})).trouble?.includes('"nobody"'))
    expect((await missing.stateOf('a'))?.state).toBe('serving')
  })
})

it('moves its metrics', async () => {
  const running = await serving(...many(40))
  const value = async (series: string) => {
    const line = (await running.metrics.text()).split('\n').find((each) => each.startsWith(`${series} `))
    return Number(line?.split(' ')[1])
  }
  expect(await value('eip_embedding_products_total{encoder="a",outcome="embedded"}')).toBe(40)
  expect(await value('eip_embedding_vectors{encoder="a"}')).toBe(40)
  expect(await value('eip_embedding_lag{encoder="a"}')).toBe(0)
  expect(await value('eip_embedding_batch_duration_seconds_count')).toBeGreaterThan(0)
  expect(await value('eip_parked_messages{group="embedding.a"}')).toBe(0)
  await running.stop()
  expect(await running.metrics.text()).not.toContain('eip_embedding_lag{encoder="a"}')
})
