import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { aProduct, testEngines } from '@eip/testkit'
import { afterEach, describe, expect, it } from 'vitest'
import { changesOf, found } from '../contract/requests.ts'
import { bookOfFirst, firstEntry } from '../generation-book.ts'
import { type Connection, connect } from './opensearch.connection.ts'
import { testOptions, testPrefix, testUrls } from './opensearch.harness.fixture.ts'
import { removeIndexes } from './opensearch.index-removal.ts'
import { bookIndexName, servedAlias } from './opensearch.names.ts'
import { openOpenSearchGenerations, openOpenSearchProductIndex } from './opensearch.ts'

/** Answers every path as given; what is not given is an empty object. */
type Answers = Readonly<Record<string, { status?: number; body: unknown }>>

const servers: Server[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

async function clusterAnswering(answers: Answers): Promise<string> {
  const server = createServer((request, response) => {
    const { status = 200, body } = answers[request.url!.split('?')[0]!] ?? { body: {} }
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const version = (number: string, distribution = 'opensearch') => ({
  '/': { body: { version: { number, distribution } } },
})
const opened = (url: string) => openOpenSearchProductIndex({ urls: [url], prefix: 'eip', requestTimeoutMs: 2_000 })
const said = (code: string, ...parts: string[]) => ({
  code: `product-index.${code}`,
  message: expect.stringMatching(new RegExp(parts.join('.*'))),
  cure: expect.stringMatching(/\.$/),
})

describe('opening the product index on OpenSearch', () => {
  it('says where nothing answers, by the key that names it', async () => {
    const url = await clusterAnswering({})
    const [server] = servers.splice(0)
    await new Promise((resolve) => server!.close(resolve))
    await expect(opened(url)).rejects.toMatchObject(said('opensearch-unreachable', '127.0.0.1', 'OPENSEARCH_URL'))
  })

  it('says that it is not let in, by the keys of the credentials', async () => {
    const url = await clusterAnswering({ '/': { status: 401, body: 'Unauthorized' } })
    await expect(opened(url)).rejects.toMatchObject(said('opensearch-credentials', 'OPENSEARCH_USERNAME', '401'))
  })

  it('refuses a cluster that is too old, and one that is no OpenSearch', async () => {
    const old = await clusterAnswering(version('3.1.0'))
    await expect(opened(old)).rejects.toMatchObject(said('opensearch-unfit', '3.1.0', 'combined_fields', '3.2'))
    const other = await clusterAnswering({ '/': { body: { version: { number: '9.0.0' } } } })
    await expect(opened(other)).rejects.toMatchObject(said('opensearch-unfit', 'not OpenSearch', '9.0.0'))
  })

  it('refuses a cluster without the k-NN plugin', async () => {
    const url = await clusterAnswering({ ...version('3.2.0'), '/_cat/plugins': { body: [] } })
    await expect(opened(url)).rejects.toMatchObject(said('opensearch-unfit', 'opensearch-knn'))
  })

  it('refuses by name a view of another schema, analysis or mapping, and an index that is none', async () => {
    const plugins = { '/_cat/plugins': { body: [{ component: 'opensearch-knn' }] } }
    const under = (index: string, _meta?: object) => ({
      ...{ ...version('3.6.0'), ...plugins },
      '/_alias/eip-products': { body: { [index]: { aliases: {} } } },
      '/eip-generations/_doc/book': { body: { _source: { format: 1, book: bookOfFirst(firstEntry(0)) } } },
      [`/${index}`]: { status: 400, body: { error: { type: 'resource_already_exists_exception' } } },
      [`/${index}/_mapping`]: { body: { [index]: { mappings: { ...(_meta && { _meta }) } } } },
    })
    const old = await clusterAnswering(under('eip-products-g1', { generation: 'long-ago' }))
    await expect(opened(old)).rejects.toMatchObject(said('opensearch-other-generation', 'eip-products-g1', 'long-ago'))
    const foreign = await clusterAnswering(under('somebody-elses'))
    await expect(opened(foreign)).rejects.toMatchObject(said('opensearch-foreign-index', 'somebody-elses'))
    const unnamed = await clusterAnswering(under('eip-products-g1'))
    await expect(opened(unnamed)).rejects.toMatchObject(said('opensearch-foreign-index', 'no serving view'))
  })

  it('gives up on a cluster that does not answer in time', async () => {
    const server = createServer(() => undefined)
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const index = openOpenSearchProductIndex({ urls: [url], prefix: 'eip', requestTimeoutMs: 50 })
    await expect(index).rejects.toMatchObject(said('opensearch-slow', '127.0.0.1'))
  })
})

describe.skipIf(!testEngines.opensearch)('a view on OpenSearch (needs TEST_OPENSEARCH_URL)', () => {
  const opening = async (work: (prefix: string, connection: Connection) => Promise<void>) => {
    const prefix = testPrefix()
    const connection = connect({ urls: testUrls() })
    try {
      await (await openOpenSearchProductIndex(testOptions(prefix))).close()
      await work(prefix, connection)
    } finally {
      await removeIndexes(connection, prefix)
      await connection.close()
    }
  }
  const aliased = async (connection: Connection, prefix: string) =>
    Object.keys(await connection.call<object>({ method: 'GET', path: `/_alias/${servedAlias(prefix)}` }))

  it('has an alias that follows the book, for other tools', () =>
    opening(async (prefix, connection) => {
      expect(await aliased(connection, prefix)).toEqual([`${prefix}-products-g1`])
      const generations = await openOpenSearchGenerations(testOptions(prefix))
      const next = await generations.begin()
      await generations.serve(next)
      expect(await aliased(connection, prefix)).toEqual([`${prefix}-products-${next}`])
      await generations.close()
    }))

  it('is not begun beside one of which the book is missing', () =>
    opening(async (prefix, connection) => {
      await connection.call({ method: 'DELETE', path: `/${bookIndexName(prefix)}` })
      const again = openOpenSearchProductIndex(testOptions(prefix))
      await expect(again).rejects.toMatchObject(said('opensearch-foreign-index', `${prefix}-generations`, 'restore'))
    }))

  it('is made whole again where it was named and not made', () =>
    opening(async (prefix, connection) => {
      for (const part of ['products', 'state'])
        await connection.call({ method: 'DELETE', path: `/${prefix}-${part}-g1` })
      const index = await openOpenSearchProductIndex(testOptions(prefix))
      await index.writer.apply(changesOf([aProduct({ id: 'a' })]), {})
      expect(await found(index)).toEqual(['a'])
      await index.close()
    }))

  it('is not made by writing to one that was let go of', () =>
    opening(async (prefix, connection) => {
      const index = await openOpenSearchProductIndex(testOptions(prefix))
      await connection.call({ method: 'DELETE', path: `/${prefix}-products-g1` })
      const applied = index.writer.apply(changesOf([aProduct({ id: 'a' })]), {})
      await expect(applied).rejects.toMatchObject({ code: 'product-index.opensearch-gone', kind: 'unavailable' })
      const left = await connection.call({ method: 'GET', path: `/${prefix}-products-g1`, mayBeMissing: true })
      expect(left).toBeNull()
      await index.close().catch(() => undefined)
    }))

  it('of a newer program is refused by name', () =>
    opening(async (prefix, connection) => {
      const path = `/${bookIndexName(prefix)}/_doc/book`
      await connection.call({ method: 'PUT', path, body: { format: 2 } })
      const again = openOpenSearchProductIndex(testOptions(prefix))
      await expect(again).rejects.toMatchObject({ code: 'product-index.generations-unreadable' })
    }))
})
