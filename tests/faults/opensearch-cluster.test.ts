import { openOpenSearchProductIndex } from '@eip/product-index/opensearch'
import type { ProductIndex } from '@eip/product-index/writer'
import { testFaults, until } from '@eip/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { nodes, type OpenSearchNodes, openSearchNodes } from './opensearch-nodes.ts'
import { applied, appliedVectors, asking, catalogueOf, foundIn, isTemporary, question } from './product-questions.ts'

const catalogue = catalogueOf(1_000)

/** Every product in the same revision, and positions that say so. */
async function expectAll({ writer }: ProductIndex, revision: number): Promise<void> {
  const held = await writer.held.of(catalogue.ids)
  expect(held.map(({ id }) => id)).toEqual(catalogue.ids)
  expect([...new Set(held.map(({ version }) => version))]).toEqual([revision + 1])
  expect(writer.resumeFrom()).toEqual({ 'topic/0': revision, 'vectors/0': 1 })
}

describe.skipIf(!testFaults)('three OpenSearch nodes (need TEST_FAULTS=on)', { timeout: 600_000 }, () => {
  let cluster: OpenSearchNodes
  const view = (prefix: string, settings: Readonly<{ shards: number; replicas: number }>) =>
    openOpenSearchProductIndex({ urls: cluster.urls, prefix, lookEveryMs: 100, ...settings })

  beforeAll(async () => {
    cluster = await openSearchNodes()
  }, 400_000)
  afterAll(() => cluster?.[Symbol.asyncDispose](), 120_000)

  describe('with a copy of every shard', () => {
    let index: ProductIndex
    const open = () => view('shop', { shards: 2, replicas: 1 })

    beforeAll(async () => {
      index = await open()
      await applied(index.writer, catalogue, 0)
      await appliedVectors(index.writer, catalogue)
      await cluster.green()
    }, 300_000)
    afterAll(() => index?.close())

    it.each(nodes)('answer every question whole, and lose no change, when node %i is killed', async (node) => {
      const questions = asking(index, catalogue)
      await until('questions are answered', () => questions.answers() > 20)
      await cluster.node('kill', node)
      const before = questions.answers()
      await applied(index.writer, catalogue, node)
      await until('questions are answered without the node', () => questions.answers() > before + 20)
      await cluster.node('start', node)
      await cluster.green()
      expect(await questions.stop()).toEqual({ wrong: [], later: [] })
      await expectAll(index, node)
    })

    it('answer every question and take changes through a rolling restart', async () => {
      const questions = asking(index, catalogue)
      for (const node of nodes) {
        await cluster.node('stop', node)
        await applied(index.writer, catalogue, 10 + node)
        await cluster.node('start', node)
        await cluster.green()
      }
      expect(await questions.stop()).toEqual({ wrong: [], later: [] })
      await expectAll(index, 13)
    })

    it('give back a snapshot as it was: answers, versions, positions, which generation serves', async () => {
      await applied(index.writer, catalogue, 15)
      const asked = [question('all'), question('words', 1), question('both', 2)]
      const answers = async () => (await Promise.all(asked.map((each) => index.reader.retrieve(each)))).map(foundIn)
      const before = await answers()
      await cluster.call('PUT', '/_snapshot/kept', { type: 'fs', settings: { location: 'kept' } })
      await cluster.call('PUT', '/_snapshot/kept/first?wait_for_completion=true', { indices: 'shop-*' })
      await applied(index.writer, catalogue, 20)
      await index.close()
      const indexes = Object.keys(await cluster.call('GET', '/shop-*/_settings'))
      await cluster.call('DELETE', `/${indexes.join()}`)
      await cluster.call('POST', '/_snapshot/kept/first/_restore?wait_for_completion=true', { indices: 'shop-*' })
      index = await open()
      await expectAll(index, 15)
      expect(await answers()).toEqual(before)
      expect(Object.keys(await cluster.call('GET', '/shop-*/_settings')).sort()).toEqual(indexes.sort())
    })
  })

  describe('without copies', () => {
    let index: ProductIndex
    let lost: number

    beforeAll(async () => {
      index = await view('bare', { shards: 3, replicas: 0 })
      await applied(index.writer, catalogue, 0)
      await appliedVectors(index.writer, catalogue)
      lost = await cluster.holderOf('bare-products-*')
    }, 300_000)
    afterEach(() => cluster.node('start', lost))
    afterAll(() => index?.close())

    it('answer whole or not at all while a node is away, and whole again when it is back', async () => {
      const questions = asking(index, catalogue)
      await until('questions are answered', () => questions.answers() > 20)
      await cluster.node('kill', lost)
      await until('questions fail', () => questions.failures() > 0)
      // A view that is opened while shards are away would be a part of one.
      const failure = await index.reader.retrieve(question('all')).catch((error: unknown) => error)
      expect(failure).toSatisfy(isTemporary)
      await cluster.node('start', lost)
      const before = questions.answers()
      await until('questions are answered again', () => questions.answers() > before + 20, 180_000)
      expect((await questions.stop()).wrong).toEqual([])
      await applied(index.writer, catalogue, 1)
      await expectAll(index, 1)
    })
  })
})
