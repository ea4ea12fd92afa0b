import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EncoderText, TextEncoder } from '../text-encoder.ts'
import { cosine, koreanCatalogue, productOf, syntheticCatalogue } from './catalogue-encoder.fixture.ts'
import { openCatalogueEncoder } from './open-catalogue-encoder.ts'
import { trainCatalogueEncoder } from './train-catalogue-encoder.ts'

let root: string
let encoder: TextEncoder
const dimensions = 64
const corpus = syntheticCatalogue(200)
const fresh = () => mkdtempSync(join(root, 'encoder-'))

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'catalogue-encoder-'))
  const directory = fresh()
  trainCatalogueEncoder({ corpus, directory, dimensions })
  encoder = openCatalogueEncoder(directory)
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

const trained = (products: readonly EncoderText[]): TextEncoder => {
  const directory = fresh()
  trainCatalogueEncoder({ corpus: products, directory, dimensions })
  return openCatalogueEncoder(directory)
}

const lengthOf = (vector: Float32Array) => Math.sqrt(cosine(vector, 0, 0, vector.length))

async function similarity(of: TextEncoder, query: string, product: EncoderText): Promise<number> {
  const both = new Float32Array([...(await of.encodeQueries([query])), ...(await of.encodeProducts([product]))])
  return cosine(both, 0, 1, of.description.dimensions)
}

describe('training', () => {
  test('the same corpus and seed give the same bytes, another seed gives others', () => {
    const files = ['encoder.json', 'terms.txt', 'rows.bin']
    const bytesOf = (seed: number) => {
      const directory = fresh()
      trainCatalogueEncoder({ corpus, directory, dimensions, seed })
      return files.map((file) => readFileSync(join(directory, file)))
    }
    const first = bytesOf(3)
    expect(bytesOf(3)).toEqual(first)
    expect(bytesOf(4)).not.toEqual(first)
  })

  test('the encoder is named by its content, at training as at opening', () => {
    const directory = fresh()
    const description = trainCatalogueEncoder({ corpus, directory, dimensions, seed: 9 })
    expect(description).toMatchObject({ kind: 'catalogue', dimensions, languages: null })
    expect(description.encoder).toMatch(/^catalogue-[0-9a-f]{12}$/)
    expect(description.encoder).not.toBe(encoder.description.encoder)
    expect(openCatalogueEncoder(directory).description).toEqual(description)
  })

  test('progress never falls and ends at one', () => {
    const shares: number[] = []
    trainCatalogueEncoder({ corpus, directory: fresh(), dimensions, onProgress: (_, share) => shares.push(share) })
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
    expect(shares[0]).toBe(0)
    expect(shares.at(-1)).toBe(1)
  })

  test('stops by its signal', () => {
    const stop = new AbortController()
    const onProgress = (phase: string) => phase === 'learning' && stop.abort(new Error('enough'))
    const { signal } = stop
    expect(() => trainCatalogueEncoder({ corpus, directory: fresh(), dimensions, onProgress, signal })).toThrow(
      'enough',
    )
  })

  test('refuses too few products with both numbers', () => {
    expect(() => trainCatalogueEncoder({ corpus: corpus.slice(0, 7), directory: fresh() })).toThrow(/7 products.*50/)
  })

  test('refuses a directory with something in it, and dimensions beyond the limits', () => {
    const directory = fresh()
    writeFileSync(join(directory, 'note.txt'), '')
    expect(() => trainCatalogueEncoder({ corpus, directory })).toThrow(/not empty/)
    expect(() => trainCatalogueEncoder({ corpus, directory: fresh(), dimensions: 0.5 })).toThrow(/dimensions is 0.5/)
  })
})

describe('encoding', () => {
  test('vectors have length one, whatever is encoded beside them', async () => {
    const products = corpus.slice(0, 5)
    const together = await encoder.encodeProducts(products)
    expect(together).toHaveLength(5 * dimensions)
    for (const [at, product] of products.entries()) {
      const alone = await encoder.encodeProducts([product])
      expect(alone).toEqual(together.subarray(at * dimensions, (at + 1) * dimensions))
      expect(lengthOf(alone)).toBeCloseTo(1, 5)
    }
  })

  test('nothing to read gives zeros', async () => {
    const nothing = new Float32Array(dimensions)
    expect(await encoder.encodeQueries([''])).toEqual(nothing)
    expect(await encoder.encodeQueries([' \u{1F600}!? '])).toEqual(nothing)
    expect(await encoder.encodeProducts([productOf('')])).toEqual(nothing)
    expect(await encoder.encodeQueries([])).toHaveLength(0)
  })

  test('odd texts give a vector of length one or zero', async () => {
    const odd = [
      'a',
      'x'.repeat(600),
      '\ud800',
      '한국어 노트북',
      'ação',
      '\u{1F45F} shoes',
      'word '.repeat(400),
      '0',
      '#*&',
    ]
    for (const text of odd) {
      for (const vector of [await encoder.encodeQueries([text]), await encoder.encodeProducts([productOf(text)])]) {
        const length = lengthOf(vector)
        expect(length === 0 || Math.abs(length - 1) < 1e-5).toBe(true)
      }
    }
  })

  test('a word of the kind that a title lacks brings its products nearer than others', async () => {
    const shoes = productOf('Acme running shoes')
    const faucet = productOf('Acme kitchen faucet')
    expect(await similarity(encoder, 'sneaker', shoes)).toBeGreaterThan(
      (await similarity(encoder, 'sneaker', faucet)) + 0.2,
    )
    expect(await similarity(encoder, 'chrome tap', faucet)).toBeGreaterThan(
      (await similarity(encoder, 'chrome tap', shoes)) + 0.2,
    )
  })

  test('a misspelt word means what it looks like', async () => {
    const [faucet, hose] = [productOf('kitchen faucet'), productOf('garden hose')]
    expect(await similarity(encoder, 'kichen faucett', faucet)).toBeGreaterThan(0.6)
    expect(await similarity(encoder, 'kichen faucett', faucet)).toBeGreaterThan(
      (await similarity(encoder, 'kichen faucett', hose)) + 0.4,
    )
  })

  test('a model name that came after training finds itself', async () => {
    const product = productOf('Acme laptop computer zx81qf')
    expect(await similarity(encoder, 'zx81qf', product)).toBeGreaterThan(
      (await similarity(encoder, 'qz77ab', product)) + 0.3,
    )
  })

  test('Korean words are near without their spaces', async () => {
    const korean = trained(koreanCatalogue())
    const [coat, socks] = [productOf('롱 코트', { language: 'ko' }), productOf('기능성 양말', { language: 'ko' })]
    for (const query of ['롱코트', '롱 코트', '베이직롱코트']) {
      expect(await similarity(korean, query, coat)).toBeGreaterThan((await similarity(korean, query, socks)) + 0.3)
    }
  })
})

describe('poor catalogues', () => {
  const sixty = (title: (at: number) => string) => Array.from({ length: 60 }, (_, at) => productOf(title(at)))

  test.each([
    ['all titles are empty', sixty(() => '')],
    ['all titles are one word', sixty(() => 'lamp')],
    ['all titles are equal', sixty(() => 'black desk lamp')],
    ['no two titles share a word', sixty((at) => `${'abcdefghij'[at % 10]}${'klmnopqrst'[Math.floor(at / 10)]}xyz`)],
    ['titles are long words and signs', sixty((at) => (at % 2 ? 'w'.repeat(600) : '\u{1F600} ★'))],
  ])('an encoder works where %s', async (_, products) => {
    const poor = trained(products)
    for (const vector of [await poor.encodeQueries(['lamp']), await poor.encodeProducts([productOf('desk lamp')])]) {
      expect(lengthOf(vector)).toBeCloseTo(1, 5)
    }
    for (const number of await poor.encodeProducts(products)) expect(number).not.toBeNaN()
  })
})
