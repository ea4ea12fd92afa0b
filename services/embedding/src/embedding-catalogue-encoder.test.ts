import { openEncoder, openEncoderThread } from '@eip/engine-text-encoder'
import { until } from '@eip/testkit'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { childEncoderTrainer } from './adapters/child.encoder-trainer.ts'
import { openSqliteLedger } from './adapters/sqlite.embedding-ledger.fixture.ts'
import { changed, openStage } from './stage.fixture.ts'

const colours = ['red', 'blue', 'green', 'black', 'white']
const kinds = [
  ['running shoes', 'Sports', 'light shoes to run on roads and trails'],
  ['leather handbag', 'Fashion', 'bag of soft leather with a long strap'],
  ['coffee machine', 'Kitchen', 'brews espresso and filter coffee'],
  ['garden chair', 'Garden', 'folding chair for the terrace'],
] as const

const catalogue = Array.from({ length: 160 }, (_, i) => {
  const [kind, category, description] = kinds[i % kinds.length]!
  const title = `${colours[i % colours.length]} ${kind} model ${i}`
  return changed(`p${i}`, 1, { title, description, categoryPath: [category], language: 'en' })
})

let stage: Awaited<ReturnType<typeof openStage>>
beforeEach(async () => {
  stage = await openStage(openSqliteLedger)
})
afterEach(() => stage.close())

it('trains the catalogue encoder in a child, fills it in a thread, and means what it says', async () => {
  await stage.publish(...catalogue)
  const running = await stage.start({
    startsWith: 'auto',
    trainer: childEncoderTrainer(),
    openEncoder: openEncoderThread,
  })
  await until('all products have a vector', () => stage.held().length === catalogue.length)
  const encoder = stage.published[0]!.key
  await running.isIn(encoder, 'serving')
  expect(await running.stateOf(encoder)).toMatchObject({
    kind: 'catalogue',
    vectors: 160,
    embedded: 160,
    trouble: null,
  })

  const opened = await openEncoder(await stage.artifacts.open('encoder', encoder))
  const query = await opened.encodeQueries(['espresso coffee machine'])
  const nearest = stage.vectors
    .map(({ payload }) => {
      const bytes = Buffer.from(payload!.vector, 'base64')
      const vector = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4)
      return { id: payload!.productId, cosine: vector.reduce((sum, value, at) => sum + value * query[at]!, 0) }
    })
    .sort((a, b) => b.cosine - a.cosine)
    .slice(0, 10)
  expect(nearest.every(({ id }) => Number(id.slice(1)) % kinds.length === 2)).toBe(true)
  await opened.close()
})
