import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bearer, codeOf, type OpenGateway, openGateway, quietOperations, sending } from './testing/open-gateway.ts'

let shop: OpenGateway
let olga: Record<string, string>
const retried: unknown[] = []
beforeAll(async () => {
  const retry = async (messages: readonly object[]) => {
    retried.push(...messages)
    return { retried: 1, absent: messages.length - 1 }
  }
  shop = await openGateway({ operations: { ...quietOperations, retry } })
  olga = await bearer(shop, 'olga')
})
afterAll(() => shop.close())

const document = { weights: { popularity: 1 }, features: {} }
const by = 'olga'

/** Method and path, the body, and what arrives at which service. */
const forwarded: readonly [string, unknown, string, Record<string, unknown>][] = [
  ['GET /search?q=tv&filter=brand:A&size=5', null, 'search.search', { query: 'tv', filters: ['brand:A'], size: 5 }],
  ['GET /products/p%2F1', null, 'catalog.getProduct', { id: 'p/1' }],
  ['GET /products/p1/similar?size=3', null, 'search.similar', { id: 'p1', size: 3 }],
  ['GET /suggest?q=t', null, 'search.suggest', { prefix: 't', size: 8 }],
  ['POST /search/preview', { query: 'tv', policy: document }, 'search.preview', { query: 'tv', policy: document }],
  ['POST /search/placement', { query: 'tv', product: 'p1' }, 'search.placement', { query: 'tv', product: 'p1' }],
  ['GET /policies', null, 'ranking.listPolicies', {}],
  ['GET /policies/schema', null, 'ranking.schema', {}],
  ['GET /policies/3', null, 'ranking.getPolicy', { version: 3 }],
  [
    'PUT /policies/draft',
    { document, basedOn: 2, revision: 0 },
    'ranking.saveDraft',
    { document, basedOn: 2, revision: 0, by },
  ],
  ['DELETE /policies/draft', { revision: 4 }, 'ranking.discardDraft', { revision: 4, by }],
  [
    'POST /policies/draft/publish',
    { revision: 4, note: 'more stars' },
    'ranking.publishDraft',
    { revision: 4, note: 'more stars', by },
  ],
  ['POST /policies/2/roll-back', { note: 'back' }, 'ranking.rollBackPolicy', { version: 2, note: 'back', by }],
  [
    'PUT /judgments',
    { judgments: [{ query: 'tv', productId: 'p1', grade: 3 }] },
    'ranking.loadJudgments',
    { judgments: [{ query: 'tv', productId: 'p1', grade: 3 }], by },
  ],
  ['GET /judgments?prefix=t', null, 'ranking.judgedQueries', { prefix: 't' }],
  ['POST /judgments/judge', { query: 'tv', ids: ['p1'] }, 'ranking.judge', { query: 'tv', ids: ['p1'] }],
  ['GET /imports', null, 'catalog.listImports', {}],
  [
    'POST /imports',
    { fileName: 'a.jsonl', bytes: 3, options: {} },
    'catalog.beginImport',
    { fileName: 'a.jsonl', bytes: 3, by },
  ],
  ['POST /imports/i1/data', { offset: 0, data: 'AAAA' }, 'catalog.appendImport', { id: 'i1', offset: 0, data: 'AAAA' }],
  ['POST /imports/i1/cancel', {}, 'catalog.cancelImport', { id: 'i1' }],
  ['GET /imports/i1', null, 'catalog.getImport', { id: 'i1' }],
  ['GET /imports/i1/rejected?offset=7', null, 'catalog.rejectedRows', { id: 'i1', offset: 7, size: 100 }],
  ['POST /products', { products: [{ id: 'p1' }] }, 'catalog.upsertProducts', { products: [{ id: 'p1' }] }],
  ['POST /products/delete', { ids: ['p1'] }, 'catalog.deleteProducts', { ids: ['p1'] }],
  ['POST /index/rebuild', {}, 'indexer.rebuild', {}],
  ['POST /index/roll-back', {}, 'indexer.rollBack', {}],
  ['POST /index/versions', { ids: ['p1'] }, 'indexer.listVersions', { ids: ['p1'] }],
  ['POST /products/versions', { after: 'p1', limit: 5 }, 'catalog.listVersions', { after: 'p1', limit: 5 }],
  [
    'POST /products/republish',
    { products: [{ id: 'p1', above: 3 }] },
    'catalog.republishProducts',
    { products: [{ id: 'p1', above: 3 }] },
  ],
  ['GET /synonyms', null, 'search.listSynonyms', {}],
  ['PUT /synonyms/tv', { kind: 'two-way', from: ['tv'] }, 'search.saveSynonym', { id: 'tv', from: ['tv'] }],
  ['DELETE /synonyms/tv', null, 'search.deleteSynonym', { id: 'tv' }],
  ['GET /encoders', null, 'embedding.status', {}],
  ['POST /encoders/train', {}, 'embedding.trainEncoder', {}],
  ['POST /encoders/e1/use', {}, 'embedding.useEncoder', { encoder: 'e1' }],
]

describe('the gateway', () => {
  it.each(forwarded)('hands on %s, in the name of who is signed in', async (way, body, service, input) => {
    const [method, path] = way.split(' ') as [string, string]
    const answer = await shop.ask(
      `/api/v1${path}`,
      body === null ? { method, headers: olga } : sending(method, body, olga),
    )
    expect(answer.body).toMatchObject({ error: { code: 'test.reached', message: service, details: { input } } })
  })

  it('takes no other name than that of who is signed in', async () => {
    const body = { document, basedOn: 2, revision: 0, by: 'somebody else' }
    const answer = await shop.ask('/api/v1/policies/draft', sending('PUT', body, olga))
    expect(answer.body).toMatchObject({ error: { details: { input: { by: 'olga' } } } })
  })

  it('answers how the platform is doing by itself', async () => {
    const read = async (path: string) => (await shop.ask(`/api/v1/operations/${path}`, { headers: olga })).body
    expect(await read('overview')).toMatchObject({ documents: 7, versions: { policy: '3' } })
    expect(await read('services')).toEqual({ services: [] })
    expect(await read('topics')).toEqual({ topics: [] })
    expect(await read('parked')).toEqual({ messages: [] })
  })

  it('gives parked messages to their readers again, for the operator alone', async () => {
    const messages = [{ group: 'indexer', topic: 'catalog.product-changed', partition: 0, offset: 12 }]
    const retry = (headers: Record<string, string>) =>
      shop.ask('/api/v1/operations/parked/retry', sending('POST', { messages }, headers))
    expect(codeOf(await retry(await bearer(shop, 'ana')))).toBe('gateway.role-missing')
    expect((await retry(olga)).body).toEqual({ retried: 1, absent: 0 })
    expect(retried).toEqual(messages)
    const { body } = await shop.ask('/api/v1/operations/audit?operation=retryParked', { headers: olga })
    expect(body).toMatchObject({
      entries: [{ target: 'catalog.product-changed/0/12 of indexer', detail: '1 given again, 0 not there' }],
    })
  })
})
