import { failures } from '@eip/kernel'
import { afterEach, describe, expect, it } from 'vitest'
import { memoryAuditLog } from './adapters/memory.audit-log.ts'
import { type AuditLog, unsettled } from './ports/audit-log.port.ts'
import {
  type Answers,
  bearer,
  browser,
  codeOf,
  type OpenGateway,
  openGateway,
  sending,
} from './testing/open-gateway.ts'

const failure = failures({ 'test.log-away': { kind: 'unavailable', cure: 'Bring it back.' } })

const opened: OpenGateway[] = []
afterEach(async () => {
  for (const shop of opened.splice(0)) await shop.close()
})
async function open(answers: Answers = {}, auditLog: AuditLog = memoryAuditLog()) {
  const shop = await openGateway({ auditLog }, answers)
  opened.push(shop)
  return shop
}
const entriesOf = async (shop: OpenGateway, query = '') => {
  const { body } = await shop.ask(`/api/v1/operations/audit${query}`, { headers: await bearer(shop, 'vic') })
  return (body as { entries: Record<string, unknown>[] }).entries
}

describe('the audit log', () => {
  it('says who changed what, when, and how it ended', async () => {
    const shop = await open({ 'catalog.deleteProducts': () => ({ deleted: 1, absent: 1 }) })
    const { headers } = await browser(shop, 'ana')
    await shop.ask('/api/v1/products/delete', sending('POST', { ids: ['a', 'b'] }, headers))
    expect(await entriesOf(shop)).toEqual([
      {
        ...{ id: 1, at: new Date(shop.clock.now()).toISOString(), by: 'ana', role: 'merchandiser' },
        ...{
          operation: 'deleteProducts',
          target: '2 products',
          outcome: 'done',
          detail: '1 deleted, 1 not there: a, b',
        },
      },
    ])
  })

  it('says why a change failed', async () => {
    const shop = await open()
    await shop.ask('/api/v1/synonyms/tv', { method: 'DELETE', headers: await bearer(shop, 'ana') })
    expect(await entriesOf(shop)).toMatchObject([{ target: 'tv', outcome: 'failed', detail: 'search.deleteSynonym' }])
  })

  it('records no reading, no refusal, and none of the bytes of an import', async () => {
    const shop = await open()
    const [vic, ana] = [await bearer(shop, 'vic'), await bearer(shop, 'ana')]
    await shop.ask('/api/v1/synonyms', { headers: ana })
    expect(codeOf(await shop.ask('/api/v1/synonyms/tv', { method: 'DELETE', headers: vic }))).toBe(
      'gateway.role-missing',
    )
    expect(codeOf(await shop.ask('/api/v1/products', sending('POST', { products: [] }, ana)))).toBe(
      'gateway.bad-request',
    )
    await shop.ask('/api/v1/imports/i1/data', sending('POST', { offset: 0, data: 'AAAA' }, ana))
    expect(await entriesOf(shop)).toEqual([])
  })

  it('never holds a password or a product', async () => {
    const shop = await open({
      'catalog.upsertProducts': () => ({ created: 1, updated: 0, unchanged: 0, rejected: [] }),
    })
    const olga = await bearer(shop, 'olga')
    const account = { role: 'viewer', password: 'a secret of twelve' }
    await shop.ask('/api/v1/accounts/bea', sending('PUT', account, olga))
    await shop.ask(
      '/api/v1/products',
      sending('POST', { products: [{ id: 'p1', title: 'Confidential kettle' }] }, olga),
    )
    const entries = await entriesOf(shop)
    expect(entries).toMatchObject([
      { operation: 'upsertProducts', target: 'p1', detail: '1 created, 0 updated, 0 unchanged, 0 rejected' },
      { operation: 'saveAccount', target: 'bea', detail: 'role viewer, password set' },
    ])
    expect(JSON.stringify(entries)).not.toMatch(/secret|Confidential/)
  })

  it('cuts what is long', async () => {
    const shop = await open({ 'catalog.deleteProducts': () => ({ deleted: 0, absent: 1_000 }) })
    const ids = Array.from({ length: 1_000 }, (_, i) => `product-${i}`)
    await shop.ask('/api/v1/products/delete', sending('POST', { ids }, await bearer(shop, 'ana')))
    const [entry] = await entriesOf(shop)
    expect(entry?.detail).toMatch(/^0 deleted, 1000 not there: product-0, .* and 980 more$/)
  })

  it('is read page by page, and narrowed by person and operation', async () => {
    const shop = await open()
    for (const name of ['ana', 'olga', 'ana'])
      await shop.ask('/api/v1/synonyms/tv', { method: 'DELETE', headers: await bearer(shop, name) })
    const names = async (query: string) => (await entriesOf(shop, query)).map(({ by }) => by)
    expect(await names('?size=2')).toEqual(['ana', 'olga'])
    expect(await names('?before=2')).toEqual(['ana'])
    expect(await names('?by=olga&operation=deleteSynonym')).toEqual(['olga'])
    expect(await names('?operation=trainEncoder')).toEqual([])
  })

  it('shows a change that is under way as one that has not ended', async () => {
    let seen: unknown
    const auditLog = memoryAuditLog()
    const look = async () => {
      seen = await auditLog.list({ size: 1 })
      return { id: 'tv' }
    }
    const shop = await open({ 'search.deleteSynonym': look }, auditLog)
    await shop.ask('/api/v1/synonyms/tv', { method: 'DELETE', headers: await bearer(shop, 'ana') })
    expect(seen).toMatchObject([{ outcome: 'failed', detail: unsettled }])
    expect(await entriesOf(shop)).toMatchObject([{ outcome: 'done', detail: 'deleted' }])
  })

  it('makes no change that it cannot write down', async () => {
    let isAsked = false
    const ask = () => {
      isAsked = true
      return { id: 'tv' }
    }
    const begin = () => Promise.reject(failure('test.log-away', 'the log is away'))
    const shop = await open({ 'search.deleteSynonym': ask }, { ...memoryAuditLog(), begin })
    const answer = await shop.ask('/api/v1/synonyms/tv', { method: 'DELETE', headers: await bearer(shop, 'ana') })
    expect([answer.status, codeOf(answer), isAsked]).toEqual([503, 'test.log-away', false])
  })

  it('lets a change that was made stay made where its end cannot be written, and tells the defect', async () => {
    const settle = () => Promise.reject(failure('test.log-away', 'the log is away'))
    const shop = await open({ 'search.deleteSynonym': () => ({ id: 'tv' }) }, { ...memoryAuditLog(), settle })
    const answer = await shop.ask('/api/v1/synonyms/tv', { method: 'DELETE', headers: await bearer(shop, 'ana') })
    expect(answer.status).toBe(200)
    expect(shop.defects).toMatchObject([{ code: 'test.log-away' }])
  })
})
