import { aProduct, testEngines, until } from '@eip/testkit'
import { describe, expect, it } from 'vitest'
import { analysed, asking, changesOf, found, titles } from '../contract/requests.ts'
import { embedded, encoder, meaning, vectorOf } from '../contract/vectors.ts'
import type { ProductIndex } from '../product-index-writer.port.ts'
import { clausesOf } from '../retrieval-request.ts'
import { type Connection, connect } from './opensearch.connection.ts'
import { activeDocument } from './opensearch.documents.ts'
import { testOptions, testPrefix, testUrls } from './opensearch.harness.fixture.ts'
import { hybridIndex, hybridPipelines, searchHybrid } from './opensearch.hybrid.ts'
import { removeIndexes } from './opensearch.index-removal.ts'
import { openOpenSearchProductIndex } from './opensearch.product-index.ts'

const north = vectorOf(1)

/** Runs `work` with names of its own and takes away what it made. */
async function withPrefix(work: (prefix: string, connection: Connection) => Promise<void>): Promise<void> {
  const prefix = testPrefix()
  const connection = connect({ urls: testUrls() })
  try {
    await work(prefix, connection)
  } finally {
    await removeIndexes(connection, prefix)
    await connection.close()
  }
}

/** Lets go of the points in time over the indexes of this view, and of nobody else's: an id holds its index's name. */
async function forgetPoints(connection: Connection, prefix: string): Promise<void> {
  const path = '/_search/point_in_time'
  type Points = { pits: readonly { pit_id: string }[] }
  const { pits } = await connection.call<Points>({ method: 'GET', path: `${path}/_all` })
  const own = pits.map(({ pit_id }) => pit_id).filter((id) => Buffer.from(id, 'base64url').includes(prefix))
  await connection.call({ method: 'DELETE', path, body: { pit_id: own } })
}

async function withTwo(
  work: (one: ProductIndex, other: ProductIndex, forget: () => Promise<void>) => Promise<void>,
): Promise<void> {
  await withPrefix(async (prefix, connection) => {
    const options = { ...testOptions(prefix), lookEveryMs: 20 }
    const [one, other] = await Promise.all([openOpenSearchProductIndex(options), openOpenSearchProductIndex(options)])
    try {
      await work(one, other, () => forgetPoints(connection, prefix))
    } finally {
      await Promise.all([one.close(), other.close()])
    }
  })
}

describe.skipIf(!testEngines.opensearch)('processes that share a view (needs TEST_OPENSEARCH_URL)', () => {
  it('may begin at once, and see soon what another one wrote: products, columns, vectors, statistics', () =>
    withTwo(async (one, other) => {
      await one.writer.apply(changesOf([aProduct({ id: 'a' }), aProduct({ id: 'b' })]), { 'topic/0': 2 })
      await until('the other one finds both', async () => (await found(other)).length === 2)
      await one.writer.applyVectors([embedded('b', 1, north)], {})
      await until('the other one has the vector', () => other.reader.statistics().encoders[0]?.vectors === 1)
      expect(await found(other, { vector: meaning(north) })).toEqual(['b'])
      expect(await other.reader.vectorOf('b', encoder)).toEqual(north)
    }))

  it('take the newest columns of each owner, whoever brings them and whether the product is there, and keep all positions', () =>
    withTwo(async (one, other) => {
      const turns = Array.from({ length: 12 }, (_, i) => i + 1)
      await Promise.all([
        one.writer.apply(changesOf([aProduct({ id: 'a' })]), { 'topic/9': 1 }),
        ...turns.map((version) =>
          (version % 2 ? one : other).writer.applyColumns(
            [
              { owner: 'inventory', id: 'a', version, numbers: { atp: version } },
              { owner: 'logistics', id: 'a', version: 20 - version, numbers: { logisticsScore: version / 100 } },
            ],
            { [`topic/${version % 2}`]: version },
          ),
        ),
      ])
      await one.writer.apply([], {})
      const columns = async () => (await other.reader.retrieve(asking({ columns: ['atp', 'logisticsScore'] }))).columns
      await until('the other one sees the newest', async () => (await columns()).atp?.[0] === 12)
      expect((await columns()).logisticsScore).toEqual(Float64Array.of(0.01))
      expect(await one.writer.held.of(['a'])).toMatchObject([
        { version: 1, owned: { inventory: { version: 12 }, logistics: { version: 19 } } },
      ])
      expect(one.writer.resumeFrom()).toEqual({ 'topic/0': 12, 'topic/1': 11, 'topic/9': 1 })
    }))

  it('take the newest version of a product, whoever brings it, and keep the positions of all', () =>
    withTwo(async (one, other) => {
      const turns = Array.from({ length: 12 }, (_, i) => i + 1)
      await Promise.all(
        turns.map((version) =>
          (version % 2 ? one : other).writer.apply(
            [{ id: 'a', version, product: aProduct({ id: 'a', title: `turn${version}` }) }],
            { [`topic/${version % 2}`]: version },
          ),
        ),
      )
      await until('both see the last turn', async () => {
        const [a, b] = await Promise.all([titles(one), titles(other)])
        return a[0] === 'turn12' && b[0] === 'turn12'
      })
      await one.writer.apply([], {})
      expect(one.writer.resumeFrom()).toEqual({ 'topic/0': 12, 'topic/1': 11 })
    }))

  it('go on asking where the cluster has forgotten their point in time', () =>
    withTwo(async (one, _, forget) => {
      await one.writer.apply(changesOf([aProduct({ id: 'a' })]), {})
      await forget()
      expect(await found(one)).toEqual(['a'])
    }))
})

describe.skipIf(!testEngines.opensearch)("the cluster's own hybrid query (needs TEST_OPENSEARCH_URL)", () => {
  it.each(Object.keys(hybridPipelines) as (keyof typeof hybridPipelines)[])(
    'finds by words and by meaning: %s',
    (pipeline) =>
      withPrefix(async (prefix, connection) => {
        const index = `${prefix}-hybrid`
        const settings = { shards: 1, replicas: 0, vectorEngine: 'lucene', hasNori: false } as const
        await connection.call({ method: 'PUT', path: `/${index}`, body: hybridIndex(settings, 8) })
        const document = (id: string, title: string) => {
          const product = aProduct({ id, title })
          const terms = [title, '', '', '', '', '', ''].map((text) => (text === '' ? [] : [text]))
          return activeDocument(product, 1, { id, terms, stored: Buffer.from('{}') })
        }
        const put = (id: string, title: string, vector: Float32Array) =>
          connection.call({
            method: 'PUT',
            path: `/${index}/_doc/${id}`,
            body: { ...document(id, title), vector: [...vector] },
          })
        await put('word', 'zorb', vectorOf(0, 1))
        await put('near', 'plum', north)
        await put('both', 'zorb zorb', vectorOf(1, 0.1))
        await connection.call({ method: 'POST', path: `/${index}/_refresh` })
        const clauses = clausesOf(asking({ query: analysed('zorb') }).query)
        const { hits } = await searchHybrid(connection, index, { clauses, vector: north, limit: 10 }, pipeline)
        expect(hits.hits[0]!._id).toBe('both')
        expect(hits.hits.map(({ _id }) => _id).toSorted()).toEqual(['both', 'near', 'word'])
        for (const { _score } of hits.hits) expect(_score).toBeGreaterThan(0)
      }),
  )
})
