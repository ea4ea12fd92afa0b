import { sharedData, temporaryDirectory, testEngines } from '@eip/testkit'
import { describe, expect, it } from 'vitest'
import { readEnvironment } from '../environment.ts'
import { missingFiles } from './asked-catalogue.ts'
import { measureKorean } from './measure-korean.ts'
import { measureParity } from './measure-parity.ts'
import { clusterOptions } from './two-engines.ts'

const names = sharedData('korean-names/musinsa_ranking_20230110.csv.gz')
const cluster = () => clusterOptions(readEnvironment({ OPENSEARCH_URL: testEngines.opensearch }))

describe('the cluster of a comparison', () => {
  it('is named by its key where it is not given, and where it does not answer', async () => {
    expect(() => clusterOptions(readEnvironment({}))).toThrow('OPENSEARCH_URL')
    const options = clusterOptions(readEnvironment({ OPENSEARCH_URL: 'http://127.0.0.1:1' }))
    const wanted = { cluster: options, products: 100, queries: 1, data: '', scratch: '', catalogues: ['demo-shop'] }
    await expect(measureParity(wanted)).rejects.toThrow('OPENSEARCH_URL')
  })

  it('gets names of its own, within the prefix that is the platform’s', () => {
    const environment = readEnvironment({ OPENSEARCH_URL: 'http://127.0.0.1:9200', OPENSEARCH_INDEX_PREFIX: 'shop' })
    expect(clusterOptions(environment).prefix).toMatch(/^shop-parity-[0-9a-f]{8}$/)
    expect(clusterOptions(environment).prefix).not.toBe(clusterOptions(environment).prefix)
  })
})

describe('the catalogues', () => {
  it('name the files that they lack; the demo shop lacks none', () => {
    expect(missingFiles('icecat', '/nowhere')).toEqual([
      '/nowhere/icecat/icecat-products.jsonl.gz',
      '/nowhere/icecat/ratings-dev.csv',
    ])
    expect(missingFiles('demo-shop', '/nowhere')).toEqual([])
  })
})

describe.skipIf(!testEngines.opensearch)('both engines over the demo shop (needs TEST_OPENSEARCH_URL)', () => {
  it('answer alike, and the indexes made for it are removed', async () => {
    using scratch = temporaryDirectory()
    const wanted = { products: 400, queries: 40, data: '/nowhere', scratch: scratch.path }
    const options = { ...wanted, cluster: cluster(), catalogues: ['demo-shop', 'icecat'] }
    const { json, faults, text } = await measureParity(options)
    expect(faults).toEqual([])
    expect(json).toMatchObject({
      versions: { node: process.version, opensearch: expect.any(String), lucene: expect.any(String) },
      data: { catalogues: { 'demo-shop': { products: 400, queries: 40, own: 0 } }, missing: ['icecat'] },
      models: {
        bm25: { requests: 40, otherTotals: 0, otherFacets: 0, catalogues: { 'demo-shop': { requests: 40 } } },
        filtered: { requests: 40, otherTotals: 0, otherFacets: 0 },
        vector: { 'overlap@10': expect.any(Number) },
        hybrid: { 'overlap@10': expect.any(Number) },
      },
    })
    expect(text).toContain('Left out: icecat')
    const left = await fetch(`${testEngines.opensearch}/_cat/indices/${options.cluster.prefix}*?h=index`)
    expect(await left.text()).toBe('')
  })

  it.skipIf(!names.isThere)(`tells how Korean items are found by either analysis (${names.skipReason})`, async () => {
    using scratch = temporaryDirectory()
    const data = sharedData('').path
    const { json } = await measureKorean({ cluster: cluster(), data, scratch: scratch.path, queries: 20 })
    const figures = { queries: 80, 'ndcg@10': expect.any(Number), 'recall@10': expect.any(Number) }
    expect(json).toMatchObject({ models: { 'own analysis': figures, 'nori, title': figures } })
  })
})
