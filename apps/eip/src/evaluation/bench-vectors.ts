import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Product } from '@eip/contracts'
import { createAnalyzer } from '@eip/engine-text-analysis'
import { type EncoderText, openEncoderThread, type TextEncoder, trainCatalogueEncoder } from '@eip/engine-text-encoder'
import { benchTextEncoder } from '@eip/engine-text-encoder/bench'
import { encodeVector } from '@eip/engine-vector-index'
import { benchHybrid, generatedProducts, generatedVectors } from '@eip/product-index/bench'
import { openNativeProductIndex } from '@eip/product-index/native'
import { benchSearch } from '@eip/service-search/bench'
import type { BenchCase, BenchCases } from './bench-case.ts'
import type { BenchCatalogue } from './bench-catalogue.ts'

const generatedDimensions = 384
const productsACall = 500

type Report = (what: string) => void

/** An encoder's files for as long as they are needed: a model folder, or one trained on these products (`default`). */
export async function encoderDirectory(
  encoder: string,
  products: readonly Product[],
  report: Report,
): Promise<AsyncDisposable & Readonly<{ path: string; cases: BenchCases }>> {
  if (encoder !== 'default') return { path: encoder, cases: {}, [Symbol.asyncDispose]: async () => {} }
  const aside = await mkdtemp(join(tmpdir(), 'eip-bench-encoder-'))
  const path = join(aside, 'encoder')
  report('training the default encoder')
  const start = performance.now()
  trainCatalogueEncoder({ corpus: products.map(encoderText), directory: path })
  const took = performance.now() - start
  const training = { p50_ms: took, per_second: Math.round((products.length * 1_000) / took), rss_mb: memory() }
  return {
    path,
    cases: { 'train the default encoder': training },
    [Symbol.asyncDispose]: () => rm(aside, { recursive: true, force: true }),
  }
}

const memory = (): number => Math.round(process.memoryUsage.rss() / 2 ** 20)

const encoderText = (product: Product): EncoderText => product

/** Words and meaning on the catalogue itself: the encoder, the serving view, the whole service. */
export async function vectorCases(
  { products, queries }: BenchCatalogue,
  directory: string,
  report: Report,
): Promise<BenchCases> {
  report('measuring the encoder')
  const texts = products.slice(0, 2_000).map(encoderText)
  const cases: Record<string, BenchCase> = named('encoder, ', await benchTextEncoder({ directory, texts, queries }))
  const encoder = await openEncoderThread(directory)
  try {
    report(`encoding ${products.length} products`)
    const vectors = await vectorsOf(encoder, products)
    report('measuring the serving view with vectors')
    const { dimensions } = encoder.description
    Object.assign(cases, named('serving view, ', await benchHybrid({ products, vectors, dimensions, queries })))
    report('measuring the search service')
    Object.assign(cases, await serviceCases({ products, queries }, encoder, vectors))
  } finally {
    await encoder.close()
  }
  return cases
}

/** A large catalogue of generated small products and generated vectors. */
export async function largeCases(count: number, report: Report): Promise<BenchCases> {
  report(`filling a view with ${count} generated products and vectors; this takes minutes`)
  const products = generatedProducts(count)
  const vectors = generatedVectors(count, generatedDimensions)
  const cases = await benchHybrid({ products, vectors, dimensions: generatedDimensions })
  return named(`${count} generated products, `, cases)
}

async function vectorsOf(encoder: TextEncoder, products: readonly Product[]): Promise<Float32Array> {
  const { dimensions } = encoder.description
  const all = new Float32Array(products.length * dimensions)
  for (let at = 0; at < products.length; at += productsACall)
    all.set(await encoder.encodeProducts(products.slice(at, at + productsACall).map(encoderText)), at * dimensions)
  return all
}

async function serviceCases(
  { products, queries }: Pick<BenchCatalogue, 'products' | 'queries'>,
  encoder: TextEncoder,
  vectors: Float32Array,
): Promise<BenchCases> {
  const { encoder: id, dimensions } = encoder.description
  const index = await openNativeProductIndex({ dir: null })
  try {
    for (let at = 0; at < products.length; at += productsACall) {
      const batch = products.slice(at, at + productsACall)
      await index.writer.apply(
        batch.map((product) => ({ id: product.id, version: 1, product })),
        {},
      )
      const changes = batch.map((product, i) => {
        const vector = vectors.subarray((at + i) * dimensions, (at + i + 1) * dimensions)
        const isReadable = vector.some((value) => value !== 0)
        return { productId: product.id, encoder: id, version: 1, vector: isReadable ? encodeVector(vector) : null }
      })
      await index.writer.applyVectors(changes, {})
    }
    return await benchSearch({ index: index.reader, analyzer: createAnalyzer(), queries, encoder })
  } finally {
    await index.close()
  }
}

const named = (prefix: string, cases: Readonly<Record<string, BenchCase>>): Record<string, BenchCase> =>
  Object.fromEntries(Object.entries(cases).map(([name, each]) => [prefix + name, each]))
