import { aProduct } from '@eip/testkit'
import { describe, expect, it } from 'vitest'
import { openShop } from './testing/open-shop.ts'

const products = ['a', 'b', 'c'].map((id) => aProduct({ id, title: 'tweed jacket', brand: 'Acme' }))

describe("search's metrics", () => {
  it('are moved by a search', async () => {
    await using shop = await openShop(products)
    const { requestId } = await shop.client.search({ query: 'jacket', explain: true })
    await shop.client.search({ query: 'jacket', requestId })
    await shop.client.search({ query: 'jacket', requestId: 'unknown' })
    await shop.client.search({ query: 'zorb' })
    await shop.client.search({ query: 'zorb jacket' })
    const text = await shop.metrics()
    const lines = [
      'eip_search_duration_seconds_count 5',
      'eip_stage_duration_seconds_count{stage="analyse"} 4',
      'eip_stage_duration_seconds_count{stage="retrieve"} 4',
      'eip_stage_duration_seconds_count{stage="rank"} 4',
      'eip_stage_duration_seconds_count{stage="show"} 4',
      'eip_stage_duration_seconds_count{stage="explain"} 1',
      'eip_cache_requests_total{cache="search-pages",result="hit"} 1',
      'eip_cache_requests_total{cache="search-pages",result="miss"} 1',
      'eip_search_zero_results_total{outcome="empty"} 1',
      'eip_search_zero_results_total{outcome="relaxed"} 1',
    ]
    for (const line of lines) expect(text).toContain(`${line}\n`)
  })
})
