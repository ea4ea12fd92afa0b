import { temporaryDirectory } from '@eip/testkit'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openEncoder } from '../open-encoder.ts'
import type { TextEncoder } from '../text-encoder.ts'
import {
  cosine,
  lookUpGraph,
  product,
  quantisedGraph,
  realModel,
  row,
  sentenceGraph,
  smallInputs,
  smallModel,
  smallWidth,
} from './model-folder.fixture.ts'
import { onnxFile } from './onnx-file.fixture.ts'

async function withSmallModel(files: Readonly<Record<string, unknown>>, test: (encoder: TextEncoder) => Promise<void>) {
  using directory = temporaryDirectory()
  const encoder = await openEncoder(smallModel(directory.path, files))
  try {
    await test(encoder)
  } finally {
    await encoder.close()
  }
}
const lengthOf = (vector: Float32Array) => Math.hypot(...vector)
const encodeOne = (encoder: TextEncoder, text: string) => encoder.encodeQueries([text])

describe('a transformer', () => {
  it('answers one vector of length 1 for each text, in order', () =>
    withSmallModel({}, async (encoder) => {
      const texts = ['red shoe', 'lamp', 'blue boot . desk chair light', 'desk'].flatMap((text) => [
        text,
        `${text} red`,
      ])
      const vectors = await encoder.encodeQueries([...texts, ...texts])
      expect(vectors.length).toBe(2 * texts.length * smallWidth)
      for (const [at, text] of texts.entries()) {
        const alone = await encodeOne(encoder, text)
        expect(lengthOf(row(vectors, at))).toBeCloseTo(1, 6)
        expect(cosine(row(vectors, at), alone)).toBeCloseTo(1, 6)
        expect(row(vectors, texts.length + at)).toEqual(row(vectors, at))
      }
    }))

  it('answers zeros where a text is empty or holds no token that the model knows', () =>
    withSmallModel({}, async (encoder) => {
      const vectors = await encoder.encodeQueries(['', ' \n ', 'quinoa', 'red', '😀😀', '\ud800'])
      const isZero = [0, 1, 2, 3, 4, 5].map((at) => row(vectors, at).every((value) => value === 0))
      expect(isZero).toEqual([true, true, true, false, true, true])
      expect(await encoder.encodeQueries([])).toEqual(new Float32Array())
    }))

  it('takes the mean of the tokens, and the first one where the folder says so', async () => {
    const text = 'red shoe lamp'
    const averaged = Promise.withResolvers<Float32Array>()
    await withSmallModel({}, async (encoder) => averaged.resolve(await encodeOne(encoder, text)))
    await withSmallModel({ '1_Pooling/config.json': { pooling_mode_cls_token: true } }, async (encoder) => {
      const first = await encodeOne(encoder, text)
      // Every text begins with the same special token, and a table has no context.
      expect(await encodeOne(encoder, 'blue boot')).toEqual(first)
      expect(cosine(first, await averaged.promise)).toBeLessThan(0.99)
    })
  })

  it('cuts long texts at the shortest of the lengths that the folder names, and keeps the token at the end', () =>
    withSmallModel({ 'tokenizer_config.json': { model_max_length: 8 } }, async (encoder) => {
      const whole = await encodeOne(encoder, 'red shoe lamp desk chair boot')
      expect(await encodeOne(encoder, 'red shoe lamp desk chair boot blue blue')).toEqual(whole)
      expect(cosine(await encodeOne(encoder, 'red shoe lamp desk chair'), whole)).toBeLessThan(0.9999)
    }))

  it('encodes a dynamically quantised model one text at a time', () =>
    withSmallModel({ 'onnx/model.onnx': onnxFile(quantisedGraph()) }, async (encoder) => {
      const texts = ['red', 'blue shoe', 'lamp boot chair', 'desk']
      const together = await encoder.encodeQueries(texts)
      for (const [at, text] of texts.entries()) expect(row(together, at)).toEqual(await encodeOne(encoder, text))
    }))

  it('runs models that want token types', async () => {
    const { ids, mask, types } = smallInputs
    const typed = { ...lookUpGraph(), inputs: [ids, mask, types] }
    await withSmallModel({ 'onnx/model.onnx': onnxFile(typed) }, async (encoder) =>
      expect(lengthOf(await encodeOne(encoder, 'red'))).toBeCloseTo(1, 6),
    )
  })

  it('asks for the vector of the whole sentence where the graph has it', async () => {
    const model = onnxFile(sentenceGraph())
    const ownVector = Promise.withResolvers<Float32Array>()
    await withSmallModel({}, async (encoder) => ownVector.resolve(await encodeOne(encoder, 'red shoe')))
    await withSmallModel({ 'onnx/model.onnx': model, '1_Pooling/config.json': {} }, async (encoder) => {
      const vector = await encodeOne(encoder, 'red shoe')
      expect(lengthOf(vector)).toBeCloseTo(1, 6)
      expect(cosine(vector, await ownVector.promise)).toBeLessThan(0.99)
    })
  })

  it('is total: no text makes it throw, and every vector has length 1 or 0', () =>
    withSmallModel({}, (encoder) =>
      fc.assert(
        fc.asyncProperty(fc.array(fc.string({ unit: 'binary', maxLength: 300 }), { maxLength: 8 }), async (texts) => {
          const vectors = await encoder.encodeProducts(texts.map((text) => product(text, text)))
          for (const at of texts.keys()) {
            const length = lengthOf(row(vectors, at))
            expect(length === 0 || Math.abs(length - 1) < 1e-5).toBe(true)
          }
        }),
        { numRuns: 25 },
      ),
    ))

  it('answers what is under way when it is closed, and refuses what comes later', () =>
    withSmallModel({}, async (encoder) => {
      const underWay = encoder.encodeQueries(Array.from({ length: 50 }, () => 'red shoe'))
      const closed = encoder.close()
      expect((await underWay).length).toBe(50 * smallWidth)
      await closed
      await expect(encoder.encodeQueries(['red'])).rejects.toMatchObject({ code: 'text-encoder.stopped' })
      await encoder.close()
    }))
})

describe.skipIf(!realModel.isThere)(`all-MiniLM-L6-v2${realModel.skipReason}`, () => {
  const width = 384
  let encoder: TextEncoder
  beforeAll(async () => {
    encoder = await openEncoder(realModel.path)
  })
  afterAll(() => encoder.close())

  it('puts near what means the same, and far what does not', async () => {
    const words = ['notebook', 'laptop', 'sneakers', 'running shoes', 'haedphones', 'headphones', 'washing machine']
    const vectors = await encoder.encodeQueries(words)
    const near = (a: string, b: string) =>
      cosine(row(vectors, words.indexOf(a), width), row(vectors, words.indexOf(b), width))
    expect(near('notebook', 'laptop')).toBeCloseTo(0.74, 1)
    expect(near('sneakers', 'running shoes')).toBeCloseTo(0.67, 1)
    expect(near('haedphones', 'headphones')).toBeCloseTo(0.65, 1)
    expect(near('washing machine', 'notebook')).toBeLessThan(0.3)
    expect(near('running shoes', 'laptop')).toBeLessThan(0.3)
  })

  it('gives a text the same vector alone and among others of other lengths', async () => {
    const titles = Array.from({ length: 12 }, (_, at) => `HP ${at}00 toner cartridge ${'black, original '.repeat(at)}`)
    const together = await encoder.encodeProducts(titles.map((title) => product(title)))
    for (const [at, title] of titles.entries()) {
      const alone = await encoder.encodeProducts([product(title)])
      const farthest = Math.max(...alone.map((value, index) => Math.abs(value - (together[at * width + index] ?? 0))))
      expect(farthest).toBeLessThan(1e-5)
    }
  })

  it('reads the description after the title, and 256 tokens in all', async () => {
    const long = 'word '.repeat(253)
    const [titled, described, cut, longer] = await Promise.all([
      encoder.encodeProducts([product('desk lamp')]),
      encoder.encodeProducts([product('desk lamp', 'for notebooks')]),
      encoder.encodeQueries([`${long}lamp`]),
      encoder.encodeQueries([`${long}lamp laptop ${'x'.repeat(100_000)}`]),
    ])
    expect(cosine(titled, described)).toBeLessThan(0.99)
    expect(cosine(cut, longer)).toBeCloseTo(1, 6)
  })
})
