import type { EventBus } from '@eip/event-bus'
import { firstGeneration, type Generation } from '@eip/product-index'
import { expect, it } from 'vitest'
import { reportStatus } from './report-status.ts'

const serving = (documents: number): Generation => ({
  ...{ name: firstGeneration, state: 'serving', begunAt: 0, since: 0 },
  statistics: { generation: firstGeneration, epoch: 0, documents, bytes: 0, segments: 0, encoders: [] },
})

it('has an event that is handled between its questions in its documents, not nowhere', async () => {
  let documents = 0
  const lag = async () => {
    documents = 1
    return { 'catalog.product-changed': 0 }
  }
  const parking: Partial<EventBus['parking']> = { groups: async () => [] }
  const status = reportStatus({
    bus: { lag, parking: parking as EventBus['parking'] },
    generations: { list: async () => [serving(documents)] },
    feeds: { all: () => new Map() },
    peakMemory: { of: () => null },
    rollBackWindowSeconds: 60,
  })
  expect(await status()).toMatchObject({ lag: 0, documents: 1 })
})
