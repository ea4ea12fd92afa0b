import { parsePrometheus } from '@eip/telemetry/prometheus-text'
import { until } from '@eip/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allInOne, type Running } from './topologies.ts'

let shop: Running
beforeAll(async () => {
  // Too little time for facets, and mostly enough for an answer.
  shop = await allInOne({ PAGE_BUDGET_MS: '18' })
})
afterAll(() => shop.close())

const search = async (query: string) =>
  (await fetch(`${shop.url}/api/v1/search?${query}`)).json() as Promise<{ requestId?: string }>

async function upsert(count: number): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const credentials = JSON.stringify({ name: 'ana', password: shop.password })
  const signedIn = await fetch(`${shop.url}/api/v1/sign-in`, { method: 'POST', headers, body: credentials })
  const { token } = (await signedIn.json()) as { token: string }
  const products = Array.from({ length: count }, (_, i) => ({ id: `p${i}`, title: `Kettle ${i}` }))
  const authorized = { ...headers, authorization: `Bearer ${token}` }
  await fetch(`${shop.url}/api/v1/products`, {
    method: 'POST',
    headers: authorized,
    body: JSON.stringify({ products }),
  })
}

/** The value of a metric's series with these labels; for histograms, how many times something was measured. */
async function value(name: string, labels: Record<string, string>): Promise<number> {
  const families = parsePrometheus(await (await fetch(`${shop.url}/metrics`)).text())
  const samples = families.get(name)?.samples ?? []
  const wanted = samples.filter(
    (sample) =>
      (sample.name === name || sample.name === `${name}_count`) &&
      Object.entries(labels).every(([label, text]) => sample.labels[label] === text),
  )
  return wanted.reduce((sum, sample) => sum + sample.value, 0)
}

describe('/metrics', () => {
  const moves = (name: string, labels: Record<string, string>, act: () => Promise<unknown>) =>
    it(`counts in ${name} ${JSON.stringify(labels)}`, async () => {
      const before = await value(name, labels)
      await until(`${name} has moved`, async () => {
        await act()
        return (await value(name, labels)) > before
      })
    })

  moves('eip_indexed_documents_total', {}, () => upsert(7))
  moves('eip_request_duration_seconds', { service: 'gateway', operation: 'search', outcome: 'ok' }, () =>
    search('q=kettle'),
  )
  moves('eip_request_duration_seconds', { service: 'search', operation: 'search', outcome: 'ok' }, () =>
    search('q=kettle'),
  )
  for (const stage of ['analyse', 'retrieve', 'rank', 'show'])
    moves('eip_stage_duration_seconds', { stage }, () => search('q=kettle'))
  moves('eip_search_duration_seconds', {}, () => search('q=kettle'))
  moves('eip_cache_requests_total', { cache: 'search-pages', result: 'miss' }, () =>
    search('q=kettle&requestId=unknown'),
  )
  moves('eip_cache_requests_total', { cache: 'search-pages', result: 'hit' }, async () => {
    const { requestId } = await search('q=kettle&size=2')
    await search(`q=kettle&size=2&page=2&requestId=${requestId}`)
  })
  moves('eip_degraded_total', { part: 'facets', reason: 'deadline' }, () => search('q=kettle'))
  moves('eip_search_zero_results_total', {}, () => search('q=nothing+of+the+kind'))

  it('tells how many documents the index has, and that its reader has caught up', async () => {
    await until('all are indexed', async () => (await value('eip_index_documents', {})) === 7)
    const text = await (await fetch(`${shop.url}/metrics`)).text()
    expect(text).toMatch(/eip_consumer_lag\{[^}]*group="indexer"[^}]*\} 0/)
  })
})
