import { setImmediate } from 'node:timers/promises'
import { inventoryContract } from '@eip/contracts'
import { memoryEventBus } from '@eip/event-bus/memory'
import { isFailure, seededRandom, systemClock } from '@eip/kernel'
import { inProcessClient, serveContract } from '@eip/rpc'
import { inventory } from '@eip/service-inventory'
import { metricsRegistry, silentLogger } from '@eip/telemetry'
import { openInventory } from './inventory-place.ts'
import type { RushOrder, RushReport } from './inventory-rush.ts'

/** Many callers do random operations on a service of this process, and tell what was answered; it may be killed at any moment. */
const order = JSON.parse(process.argv[2] ?? '') as RushOrder
const { callers, products, run } = order
const productIds = Array.from({ length: products }, (_, n) => `product-${n}`)

const { relayTo, stockLedger, close } = await openInventory(order.place)
const bus = await memoryEventBus()
const needs = { clock: systemClock, logger: silentLogger, metrics: metricsRegistry(), bus, stockLedger }
const service = inventory.build({ ...needs, outboxRelay: relayTo(bus) }, () => {
  throw new Error('inventory calls nobody')
})
await service.start?.()
const client = inProcessClient(serveContract(inventoryContract, service.handlers))
const by = 'bench'

let done = 0
let told: RushReport[] = []
const tell = () => {
  if (told.length > 0) process.stdout.write(told.map((each) => `${JSON.stringify(each)}\n`).join(''))
  told = []
}

/** One operation, timed. A refusal is an answer. */
async function timed<Answer extends { outcome: string }>(
  what: Omit<RushReport, 'ms' | 'outcome'>,
  ask: () => Promise<Answer>,
): Promise<Answer | null> {
  const start = performance.now()
  const answer = await ask().catch((error: unknown) => {
    if (!isFailure(error) || error.code !== 'inventory.below-zero') throw error
    return null
  })
  told.push({ ...what, ms: performance.now() - start, outcome: answer?.outcome ?? 'refused' })
  done += 1
  return answer
}

async function caller(place: number): Promise<void> {
  const random = seededRandom(run * 1_000 + place)
  const confirmed: { id: string; productId: string }[] = []
  const receive = (id: string) => {
    const lines = [{ productId: random.pick(productIds), quantity: 1 + random.integer(20) }]
    return timed({ kind: 'receive', id, lines }, () => client.receive({ operationId: id, lines, by }))
  }
  const adjust = (id: string) => {
    const productId = random.pick(productIds)
    const adjustment = { operationId: id, productId, quantity: -1, note: 'broken', by }
    return timed({ kind: 'adjust', id, lines: [] }, () => client.adjust(adjustment))
  }
  const restore = async (id: string) => {
    if (confirmed.length === 0) return receive(id)
    const { id: reservationId, productId } = random.pick(confirmed)
    const lines = [{ productId, quantity: 1 }]
    return timed({ kind: 'restore', id, lines }, () => client.restore({ operationId: id, reservationId, lines, by }))
  }
  const end = async (id: string, lines: RushReport['lines']) => {
    const kind = random.next() < 0.75 ? 'confirm' : 'release'
    const once = () => timed({ kind, id, lines }, () => client[kind]({ reservationId: id }))
    // Some say it twice, at the same time.
    const [answer] = await Promise.all(random.next() < 0.1 ? [once(), once()] : [once()])
    if (answer?.outcome === 'confirmed') confirmed.push({ id, productId: lines[0]!.productId })
    if (confirmed.length > 50) confirmed.shift()
  }
  const reserve = async (id: string) => {
    const wanted = Array.from({ length: 1 + random.integer(Math.min(3, products)) }, () => random.pick(productIds))
    const lines = [...new Set(wanted)].map((productId) => ({ productId, quantity: 1 + random.integer(3) }))
    const isLeft = random.next() < 0.2
    const request = { reservationId: id, lines, ttlSeconds: isLeft ? 1 : 900 }
    const answer = await timed({ kind: 'reserve', id, lines }, () => client.reserve(request))
    if (answer?.outcome === 'reserved' && !isLeft) await end(id, lines)
  }
  for (let step = 0; done < order.operations; step++) {
    const id = `${run}-${place}-${step}`
    const chance = random.next()
    if (chance < 0.12) await receive(id)
    else if (chance < 0.15) await adjust(id)
    else if (chance < 0.2) await restore(id)
    else await reserve(id)
  }
}

const opening = productIds.map((productId) => ({ productId, quantity: 100 }))
await client.receive({ operationId: 'opening', lines: opening, by })
process.stdout.write('{"kind":"ready"}\n')
let isOver = false
const telling = (async () => {
  while (!isOver) {
    tell()
    await setImmediate()
  }
})()
await Promise.all(Array.from({ length: callers }, (_, place) => caller(place)))
isOver = true
await telling
tell()
await service.drain?.()
await service.stop?.()
await bus.close()
await close()
