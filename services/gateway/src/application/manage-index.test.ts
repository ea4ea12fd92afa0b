import type { CatalogContract, IndexerContract } from '@eip/contracts'
import type { Client } from '@eip/rpc'
import { expect, it } from 'vitest'
import { manageIndex } from './manage-index.ts'

it('counts a change that leaves the outbox between its questions, wherever it is by then', async () => {
  let questions = 0
  const isPublished = () => questions++ > 0
  const catalog = { statistics: async () => ({ products: 1, active: 1, unpublishedEvents: isPublished() ? 0 : 1 }) }
  const indexer = { status: async () => ({ lag: isPublished() ? 1 : 0 }) }
  const { indexStatus } = manageIndex({
    catalog: catalog as unknown as Client<CatalogContract>,
    indexer: indexer as unknown as Client<IndexerContract>,
  })
  const { lag, unpublishedEvents } = await indexStatus({}, {} as Parameters<typeof indexStatus>[1])
  expect(lag + unpublishedEvents).toBeGreaterThan(0)
})
