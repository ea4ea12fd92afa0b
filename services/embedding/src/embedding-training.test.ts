import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { until } from '@eip/testkit'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openSqliteLedger } from './adapters/sqlite.embedding-ledger.fixture.ts'
import { changed, deleted, many, openStage } from './stage.fixture.ts'

let stage: Awaited<ReturnType<typeof openStage>>
beforeEach(async () => {
  stage = await openStage(openSqliteLedger)
})
afterEach(() => stage.close())

type Running = Awaited<ReturnType<typeof stage.start>>
const servingOf = async ({ client }: Running) =>
  (await client.status({})).encoders.find(({ state }) => state === 'serving')?.encoder ?? null
/** The encoder that serves once no training runs any more. */
const serves = (running: Running, other: string | null = null) =>
  until('an encoder serves', async () => {
    const encoder = await servingOf(running)
    const isOver = (await running.client.status({})).training === null
    return isOver && encoder !== other ? encoder : null
  })

it('trains on the catalogue by itself, once there are enough products, and the encoder serves', async () => {
  await stage.publish(...many(4), deleted('gone', 2), changed('p1', 2, { title: 'Renamed' }))
  const running = await stage.start({ startsWith: 'auto' })
  await running.hasLooked()
  expect(stage.training.trained).toEqual([])
  await stage.publish(
    changed('p9', 1, { title: 'Product 9' }),
    changed('hidden', 1, { title: 'Hidden', active: false }),
  )
  const encoder = await serves(running)
  expect(encoder).toMatch(/^catalogue-[0-9a-f]{12}$/)
  expect(stage.training.trained).toEqual([['Hidden', 'Product 0', 'Product 2', 'Product 3', 'Product 9', 'Renamed']])
  await until('all came', () => stage.held().length === 6)
  expect(await stage.artifacts.list('encoder')).toEqual([encoder])
  expect((await running.client.status({})).trouble).toBeNull()
})

it('trains again when the catalogue has grown to four times its size, and switches', async () => {
  await stage.publish(...many(6))
  const running = await stage.start({ startsWith: 'auto' })
  const first = await serves(running)
  await stage.publish(...many(17, 6))
  await running.hasRead(first)
  await stage.publish(...many(1, 23))
  const second = await serves(running, first)
  expect(stage.training.trained.map((titles) => titles.length)).toEqual([6, 24])
  expect((await running.stateOf(first))?.state).toBe('standby')
  expect((await running.stateOf(second))?.vectors).toBe(24)
})

it('does not train by itself where an artefact is to serve, or what is asked for', async () => {
  await stage.publish(...many(20))
  await stage.putArtifact('a')
  for (const startsWith of ['manual', 'a']) {
    const running = await stage.start({ startsWith, options: { lookEveryMs: 1 } })
    if (startsWith === 'a') await running.isIn('a', 'serving')
    await running.stop()
  }
  expect(stage.training.trained).toEqual([])
})

it('trains when it is asked to, one at a time, and says how far it is', async () => {
  await stage.publish(...many(6))
  const gate = Promise.withResolvers<void>()
  stage.training.before.train = () => gate.promise
  const running = await stage.start()
  const { training } = await running.client.trainEncoder({})
  expect(training).not.toBeNull()
  await until('a step is told', async () => (await running.client.status({})).training?.phase === 'counting words')
  expect((await running.client.status({})).training).toEqual({ phase: 'counting words', share: 0.5 })
  await expect(running.client.trainEncoder({})).rejects.toMatchObject({ code: 'embedding.training-runs' })
  gate.resolve()
  await serves(running)
})

it('refuses to train on too few products, naming both numbers', async () => {
  await stage.publish(...many(4), changed('p1', 2), deleted('x', 2))
  const running = await stage.start()
  await expect(running.client.trainEncoder({})).rejects.toMatchObject({
    ...{ code: 'embedding.too-few-products', message: expect.stringMatching(/4 products.* 5 /) },
  })
  expect((await running.client.status({})).training).toBeNull()
  await stage.publish(...many(1, 4))
  await running.client.trainEncoder({})
  await serves(running)
})

it('ends quietly when the encoder is the one that serves already', async () => {
  await stage.publish(...many(6))
  const running = await stage.start()
  await running.client.trainEncoder({})
  const encoder = await serves(running)
  await running.client.trainEncoder({})
  await until('the training is over', async () => (await running.client.status({})).training === null)
  expect(await running.client.status({})).toMatchObject({ trouble: null, encoders: [{ encoder, state: 'serving' }] })
  expect(stage.training.trained).toHaveLength(2)
  expect(stage.published.map(({ version }) => version)).toEqual([1, 2])
})

it('says why a training failed, and tries again only when it is asked or the catalogue has grown', async () => {
  await stage.publish(...many(6))
  let attempts = 0
  stage.training.before.train = () => {
    attempts += 1
    throw new Error('out of memory')
  }
  const running = await stage.start({ startsWith: 'auto', options: { lookEveryMs: 1 } })
  await until('it says so', async () => (await running.client.status({})).trouble === 'out of memory')
  await stage.publish(...many(10, 6))
  await running.hasLooked()
  expect(attempts).toBe(1)
  await stage.publish(...many(8, 16))
  await until('it tried again', () => attempts === 2)
  await until('it is over', async () => (await running.client.status({})).training === null)
  stage.training.before.train = () => {}
  await running.client.trainEncoder({})
  await serves(running)
  expect((await running.client.status({})).trouble).toBeNull()
})

it('ends a training when it stops, leaves nothing behind, and begins anew at the next start', async () => {
  await stage.publish(...many(6))
  const folders: string[] = []
  stage.training.before.train = ({ corpus, signal }) => {
    folders.push(dirname(corpus))
    return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  }
  const running = await stage.start({ startsWith: 'auto' })
  await until('it trains', () => folders.length === 1)
  expect(existsSync(folders[0]!)).toBe(true)
  await running.stop()
  expect(existsSync(folders[0]!)).toBe(false)
  expect(await stage.artifacts.list('encoder')).toEqual([])
  stage.training.before.train = () => {}
  await serves(await stage.start({ startsWith: 'auto' }))
})
