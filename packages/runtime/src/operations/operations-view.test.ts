import { envelopeSchema, type ServiceRecord, type Topic } from '@eip/contracts'
import type { EventBus } from '@eip/event-bus'
import { memoryEventBus } from '@eip/event-bus/memory'
import { declareMetrics, type MetricsRegistry, metricsRegistry, sharedMetrics } from '@eip/telemetry'
import { fakeClock, until } from '@eip/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ServiceDefinition } from '../service.ts'
import { type OperationsView, type OperationsViewOptions, operationsView } from './operations-view.ts'

const topicOf = (name: string, kind: Topic['kind']): Topic => ({
  ...{ name, kind, schema: `${name}/1` },
  payload: envelopeSchema.shape.payload,
})
const changed = topicOf('catalog.product-changed', 'state')
const embedded = topicOf('embedding.product-embedded', 'state')
const clicked = topicOf('gateway.clicked', 'behaviour')

const serviceOf = (name: string, more: Partial<ServiceDefinition>): ServiceDefinition => ({
  ...{ name, contract: {}, calls: [], consumes: {}, publishes: [] },
  build: () => ({ handlers: {} }),
  ...more,
})
const definitions = [
  serviceOf('catalog', { publishes: [changed] }),
  serviceOf('embedding', { publishes: [embedded], consumes: { embedding: [changed] } }),
  serviceOf('indexer', { consumes: { indexer: [changed, embedded] } }),
  serviceOf('search', { follows: [embedded, clicked] }),
]
const record: ServiceRecord = {
  ...{ name: 'catalog', runs: 'here', missing: null, operations: ['getProduct'], calls: [] },
  ...{ consumes: {}, follows: [], publishes: ['catalog.product-changed'] },
}

let bus: EventBus
let metrics: MetricsRegistry
const views: OperationsView[] = []
const viewOf = (more: Partial<OperationsViewOptions> = {}) => {
  const view = operationsView({
    foundations: { engines: () => [], pools: () => [] },
    services: () => ({ services: [record] }),
    ...{ bus, definitions, metrics, clock: fakeClock(5_000) },
    versions: async () => ({ policy: 'p-1', encoder: null, index: 'one' }),
    documents: async () => 12,
    intervalSeconds: 3_600,
    ...more,
  })
  views.push(view)
  return view
}
beforeEach(async () => {
  bus = await memoryEventBus({ clock: fakeClock(9_000) })
  metrics = metricsRegistry()
})
afterEach(async () => {
  for (const view of views.splice(0)) view.close()
  await bus.close()
})

let lastId = 0
const publish = (topic: Topic, count: number, payload: (n: number) => unknown = (n) => ({ n })) =>
  bus.publish(
    topic,
    Array.from({ length: count }, (_, n) => ({
      ...{ id: `event-${++lastId}`, schema: topic.schema, key: `key-${n}`, version: lastId },
      ...{ occurredAt: 1, recordedAt: 1, deleted: false, market: {}, payload: payload(n) },
    })),
  )
/** Has the group park all that the topic holds, as what it cannot read. */
async function parkAll(group: string, topic: Topic): Promise<void> {
  const strict = { ...topic, payload: topic.payload.refine(() => false, 'not yet') }
  const reader = await bus.subscribe({ group, topics: [strict], handle: async () => {} })
  await until('all is parked', async () => (await bus.lag(group, [topic]))[topic.name] === 0)
  await reader.close()
}

describe('the view of operations', () => {
  it('tells topics: who publishes and follows them, how far each group is, and what it parked of them', async () => {
    await publish(changed, 5)
    await publish(embedded, 3)
    await parkAll('indexer', embedded)
    await parkAll('embedding.old', changed)
    const following = await bus.follow({
      topics: [{ ...embedded, payload: embedded.payload.refine(() => false, 'no') }],
      handle: async () => {},
    })
    await following.caughtUp
    const { parkedMessages } = metrics.bind(sharedMetrics)
    for (const group of ['embedding.a', 'embedding.b', 'embeddings', 'indexer']) parkedMessages.set(0, { group })
    await bus.replay('embedding.b', [changed], 'end')
    expect(await viewOf().topics()).toEqual([
      {
        ...{ name: 'catalog.product-changed', kind: 'state', publishedBy: 'catalog', followedBy: [] },
        groups: [
          { group: 'embedding.a', lag: 5, parked: 0 },
          { group: 'embedding.b', lag: 0, parked: 0 },
          { group: 'embedding.old', lag: 0, parked: 5 },
          { group: 'indexer', lag: 5, parked: 0 },
        ],
      },
      {
        ...{ name: 'embedding.product-embedded', kind: 'state', publishedBy: 'embedding', followedBy: ['search'] },
        groups: [
          { group: 'follow', lag: 0, parked: 3 },
          { group: 'indexer', lag: 0, parked: 3 },
        ],
      },
      {
        ...{ name: 'gateway.clicked', kind: 'behaviour', publishedBy: null, followedBy: ['search'], groups: [] },
      },
    ])
  })

  it('shows a declared group by its own name while none reports itself', async () => {
    await publish(changed, 2)
    const [products] = await viewOf().topics()
    expect(products?.groups).toEqual([
      { group: 'embedding', lag: 2, parked: 0 },
      { group: 'indexer', lag: 2, parked: 0 },
    ])
  })

  it('shows parked messages, long ones cut, and gives them again', async () => {
    await publish(changed, 2, (n) => ({ n, text: 'x'.repeat(n * 30_000) }))
    await parkAll('indexer', changed)
    await parkAll('embedding.a', changed)
    const view = viewOf()
    const parked = await view.parked()
    expect(parked.map(({ group }) => group)).toEqual(['embedding.a', 'embedding.a', 'indexer', 'indexer'])
    expect(parked.map(({ body }) => body.length).sort((a, b) => a - b)).toEqual([
      ...[expect.any(Number), expect.any(Number), 20_000, 20_000],
    ])
    for (const message of parked) {
      expect(message).toMatchObject({ topic: changed.name, attempts: 0, parkedAt: new Date(9_000).toISOString() })
      expect(message.reason).toContain('not yet')
    }
    const taken: number[] = []
    await bus.subscribe({
      ...{ group: 'indexer', topics: [changed] },
      handle: async (deliveries) => void taken.push(...deliveries.map(({ position }) => position.offset)),
    })
    const places = parked.map(({ group, topic, partition, offset }) => ({ group, topic, partition, offset }))
    const unknown = { group: 'nobody', topic: changed.name, partition: 0, offset: 0 }
    expect(await view.retry([...places.slice(1), unknown, ...places.slice(2)])).toEqual({ retried: 3, absent: 3 })
    await until('both are handled', () => taken.length === 2)
    expect((await view.parked()).map(({ group }) => group)).toEqual(['embedding.a'])
    expect(await view.overview()).toMatchObject({ parked: 1 })
  })

  it('gives points by itself, interval after interval, until it is closed', async () => {
    const { indexed } = metrics.bind(
      declareMetrics({ indexed: { kind: 'counter', name: 'eip_indexed_documents_total', help: 'I.', labels: [] } }),
    )
    const view = viewOf({ intervalSeconds: 0.002 })
    await until('there are points', async () => {
      indexed.add(1)
      return (await view.overview()).points.some(({ indexedPerSecond }) => indexedPerSecond > 0)
    })
    expect(await view.overview()).toMatchObject({
      ...{ intervalSeconds: 0.002, documents: 12, parked: 0 },
      versions: { policy: 'p-1', encoder: null, index: 'one' },
    })
    expect(await view.services()).toEqual([record])
    view.close()
  })

  it('leaves out the point of metrics that cannot be read, says so, and goes on', async () => {
    const told: unknown[] = []
    const full = new Error('no memory')
    let looks = 0
    const snapshot = (names: readonly string[]) => {
      looks += 1
      return looks === 2 ? Promise.reject(full) : metrics.snapshot(names)
    }
    const view = viewOf({
      metrics: { ...metrics, snapshot },
      intervalSeconds: 0.002,
      failed: (error) => told.push(error),
    })
    await until('it went on', async () => (await view.overview()).points.length >= 2)
    expect(told).toEqual([full])
  })
})
