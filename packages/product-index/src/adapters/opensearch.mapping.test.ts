import { describe, expect, it } from 'vitest'
import { generation } from '../manifest.ts'
import { hybridIndex } from './opensearch.hybrid.ts'
import { productsIndex, stateIndex, vectorField, vectorsIndex } from './opensearch.mapping.ts'
import { documentKey, indexNames } from './opensearch.names.ts'

const settings = { shards: 3, replicas: 2, vectorEngine: 'lucene', hasNori: false } as const
const text = { type: 'text', analyzer: 'whitespace', index_options: 'freqs' }
const keyword = { type: 'keyword', ignore_above: 8_191 }
const number = { type: 'double' }
const kept = { type: 'long', index: false, doc_values: false }
const meta = { generation, analysis: expect.any(Number), layout: 3 }

describe('the index of products', () => {
  it('holds our own terms, scored with our parameters, columns, tags and what is shown, and nothing else', () => {
    expect(productsIndex(settings)).toEqual({
      settings: {
        number_of_shards: 3,
        number_of_replicas: 2,
        refresh_interval: '-1',
        similarity: { default: { type: 'BM25', k1: 12, b: 0.7 } },
      },
      mappings: {
        dynamic: 'strict',
        _meta: { ...meta, analysis: expect.anything() },
        properties: {
          id: { type: 'keyword' },
          version: { type: 'long', index: false },
          hash: { type: 'keyword', index: false, doc_values: false },
          owned: { properties: { inventory: kept, logistics: kept } },
          active: { type: 'boolean' },
          sample: { type: 'integer' },
          terms: {
            properties: {
              ...{ title: text, brand: text, model: text, category: text },
              ...{ attributes: text, description: text, reviews: text },
            },
          },
          numbers: {
            properties: {
              ...{ price: number, rating: number, ratingCount: number },
              ...{ popularity: number, createdAt: number, atp: number, daysOfCover: number },
              ...{ logisticsScore: number, delayRate: number, returnRate: number, shortageRate: number },
              ...{ leadTimeDays: number, coverage: number },
            },
          },
          keywords: { properties: { brand: keyword, seller: keyword, language: keyword, currency: keyword } },
          tags: { properties: { category: keyword, attribute: keyword, attributeName: keyword } },
          readable: {
            properties: {
              title: { type: 'text', analyzer: 'standard' },
              brand: { type: 'text', analyzer: 'standard' },
              category: { type: 'text', analyzer: 'standard' },
            },
          },
          shown: { type: 'object', enabled: false },
        },
      },
    })
  })

  it('has a second field of readable text by the Korean analyser where the cluster has it', () => {
    const korean = { type: 'text', analyzer: 'standard', fields: { korean: { type: 'text', analyzer: 'nori' } } }
    expect(productsIndex({ ...settings, hasNori: true })).toMatchObject({
      mappings: { properties: { readable: { properties: { title: korean } } } },
    })
  })
})

describe('vectors', () => {
  it.each(['lucene', 'faiss'] as const)('lie in a graph of %s', (engine) => {
    expect(vectorField(engine, 384)).toEqual({
      type: 'knn_vector',
      dimension: 384,
      method: { name: 'hnsw', engine, space_type: 'cosinesimil', parameters: { m: 16, ef_construction: 256 } },
    })
  })

  it('lie in an index of their own for each encoder, whose field is added with the first one', () => {
    expect(vectorsIndex(settings, 'words-1')).toEqual({
      settings: { number_of_shards: 3, number_of_replicas: 2, refresh_interval: '-1', knn: true },
      mappings: {
        dynamic: 'strict',
        _meta: { ...meta, analysis: expect.anything(), encoder: 'words-1' },
        properties: { id: { type: 'keyword' } },
      },
    })
  })

  it("lie in the product's document only where the cluster's own hybrid query is tried", () => {
    expect(hybridIndex(settings, 8)).toMatchObject({
      settings: { knn: true, similarity: { default: { k1: 12 } } },
      mappings: { properties: { vector: { dimension: 8 }, shown: { enabled: false } } },
    })
  })
})

it('the state is one document in one shard, of which nothing is searched', () => {
  expect(stateIndex(settings)).toMatchObject({
    settings: { number_of_shards: 1, number_of_replicas: 2 },
    mappings: { dynamic: 'strict', properties: { positions: { type: 'object', enabled: false } } },
  })
})

describe('names', () => {
  it('tell prefix, generation and encoder', () => {
    const names = indexNames('eip', 'g1')
    expect(names.products).toBe('eip-products-g1')
    expect(names.state).toBe('eip-state-g1')
    expect(names.vectorsAlias('words/1')).toMatch(/^eip-vectors-g1-[0-9a-f]{12}$/)
    expect(names.vectors('words/1', 7)).toBe(`${names.vectorsAlias('words/1')}-7`)
  })

  it('of documents are the ids, as far as these are short enough', () => {
    expect(documentKey('신발')).toBe('신발')
    expect(documentKey('신'.repeat(171))).toMatch(/^sha256:[0-9a-f]{64}$/)
  })
})
