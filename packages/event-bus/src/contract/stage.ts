import { type Envelope, envelopeSchema, type Topic } from '@eip/contracts'
import { newId } from '@eip/kernel'
import { afterEach } from 'vitest'
import type { Delivery, EventBus } from '../event-bus.port.ts'

export type OpenedBus = Readonly<{
  bus: EventBus
  /** Closes what is open and opens the same storage again. Left out by a bus that forgets. */
  reopen?(): Promise<EventBus>
  /** Removes what the test left behind. */
  dispose?(): Promise<void>
}>

/** Laws that a bus keeps otherwise, each with the reason; its own test shows how it does keep them. */
export type Deviations = Readonly<{ compaction?: string }>

export type OpenBus = () => Promise<OpenedBus>

export type Note = Readonly<{ n: number; by?: string; text?: string }>

/** Any payload goes in; what comes out has a whole number `n`. */
const noteSchema = envelopeSchema.shape.payload.refine((value): value is Note => {
  return typeof value === 'object' && value !== null && 'n' in value && Number.isInteger(value.n)
}, 'n is a whole number')

const topicOf = (name: string, kind: Topic['kind']): Topic<Note> =>
  Object.freeze({ name, kind, schema: `${name}/1`, payload: noteSchema as unknown as Topic<Note>['payload'] })

export const viewed = topicOf('shop.viewed', 'behaviour')
export const clicked = topicOf('shop.clicked', 'behaviour')
export const priceChanged = topicOf('shop.price-changed', 'state')

export const eventOf = (key: string, payload: unknown = { n: 0 }, more: Partial<Envelope> = {}): Envelope => ({
  id: newId(),
  schema: 'shop/1',
  key,
  version: 1,
  occurredAt: 1_000,
  recordedAt: 1_000,
  deleted: false,
  market: { currency: 'EUR' },
  payload,
  ...more,
})

export const eventsOf = (count: number, keyOf = (n: number) => `key-${n}`): Envelope[] =>
  Array.from({ length: count }, (_, n) => eventOf(keyOf(n), { n }))

export const numberOf = (delivery: Delivery): number => (delivery.event.payload as Note).n
export const numbersOf = (deliveries: readonly Delivery[]): number[] => deliveries.map(numberOf)
export const sorted = (numbers: readonly number[]): number[] => [...numbers].sort((a, b) => a - b)
export const upTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n)

/** Takes down every delivery that it handles. */
export function taker() {
  const taken: Delivery[] = []
  const handle = async (deliveries: readonly Delivery[]) => {
    taken.push(...deliveries)
  }
  return { taken, handle }
}

/** A handler that waits until it is let go. */
export function gate() {
  const { promise: open, resolve: letGo } = Promise.withResolvers<void>()
  return { open, letGo }
}

/** Waits until it is true; a hung test meets the runner's limit. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 1))
}

/** All that a topic holds, by one follower. */
export async function contentOf(bus: EventBus, topic: Topic): Promise<readonly Delivery[]> {
  const { taken, handle } = taker()
  const following = await bus.follow({ topics: [topic], handle })
  await following.caughtUp
  await following.close()
  return taken
}

/** Opens a bus per test, and closes and disposes of it afterwards. */
export function stage(open: OpenBus) {
  const opened: { bus: EventBus; dispose: (() => Promise<void>) | undefined }[] = []
  afterEach(async () => {
    for (const { bus, dispose } of opened.splice(0)) {
      await bus.close()
      await dispose?.()
    }
  })
  return async (): Promise<OpenedBus> => {
    const fresh = await open()
    const entry = { bus: fresh.bus, dispose: fresh.dispose }
    opened.push(entry)
    const { reopen } = fresh
    if (reopen === undefined) return fresh
    return {
      bus: fresh.bus,
      async reopen() {
        entry.bus = await reopen()
        return entry.bus
      },
    }
  }
}

export const forgets = 'this bus forgets everything when it closes'
