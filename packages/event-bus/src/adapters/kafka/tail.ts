import type { Position } from '@eip/contracts'
import type { LogSlice } from '../../event-log.port.ts'
import { bell } from '../../log/bell.ts'
import { type Lane, moveTo } from '../../log/lane.ts'
import { positionKey } from '../../position.ts'
import { type Buffer, laneBuffer } from './buffer.ts'
import { isPassing, type KafkaClient, reasonOf } from './client.ts'
import { type Fetched, fetchOf, isOutOfRange } from './fetching.ts'

export type TailOptions = Readonly<{
  client: KafkaClient
  /** A topic's name in the cluster. */
  nameOf(topic: string): string
  /** The first offset that the log still holds, and the one after its last. */
  rangeOf(topic: string, partition: number): Promise<Readonly<{ start: number; end: number }>>
  /** There is something to take. */
  grown(): void
  failed(reason: string): void
}>

/** Reads ahead of a reader's lanes. */
export interface Tail {
  /** From now on these, each from its `next`; what was read of the others is forgotten. */
  set(lanes: readonly Lane[]): void
  read(from: readonly Position[], limit: number, characters: number): readonly LogSlice[]
  /** Lanes have gone on, which may make room. */
  advanced(): void
  /** The lane's `next` was moved. */
  moved(lane: Lane): void
  close(): Promise<void>
}

/** Characters that all lanes together may hold, and a lane at least: one event may have a million. */
const maximumHeld = 8 << 20
const minimumHeldByLane = 64 << 10

/** How long a broker may think before it answers that there is nothing new; a lane that moved waits as long. */
const waitMs = 500
/** The same, while a lane that has read enough will soon want more. */
const shortWaitMs = 5
const pauseMs = 500
const nobody = -1

/**
 * One loop for each broker that leads lanes:  which lanes have room → one read of all of them → into their buffers.
 * A lane that is full is not read, so a reader that stands still holds what fits and no more.
 */
export function startTail(options: TailOptions): Tail {
  const { client } = options
  const room = bell()
  const loops = new Map<number, Promise<void>>()
  let buffers = new Map<string, Buffer>()
  let isClosed = false

  const clusterKey = ({ topic, partition }: Lane) => `${options.nameOf(topic.name)}/${partition}`
  const keyOf = ({ topic, partition }: Lane) => positionKey({ topic: topic.name, partition })
  const names = () => [...new Set([...buffers.values()].map(({ lane }) => options.nameOf(lane.topic.name)))]

  async function ledBy(node: number): Promise<readonly Buffer[]> {
    const leaders = await client.leaders(names())
    const led = [...buffers.values()].filter(({ lane }) => {
      return leaders.get(options.nameOf(lane.topic.name))?.[lane.partition] === node
    })
    for (const other of new Set([...leaders.values()].flat())) if (other >= 0) start(other)
    return led
  }

  /** Answers whether anything was asked. */
  async function round(node: number): Promise<boolean> {
    const led = await ledBy(node)
    const most = Math.max(minimumHeldByLane, maximumHeld / Math.max(1, buffers.size))
    const hungry = led.filter((buffer) => buffer.characters() < most)
    if (hungry.length === 0) return false
    const isWaited = led.every((buffer) => buffer.characters() < most || !buffer.hasMoreToCome())
    const places = hungry.map(({ lane, fetched }) => {
      return { topic: options.nameOf(lane.topic.name), partition: lane.partition, offset: fetched() }
    })
    const limits = { waitMs: isWaited ? waitMs : shortWaitMs, bytes: 4 << 20, bytesOfPartition: 1 << 20 }
    const answers = await fetchOf(client, node, places, limits)
    const byKey = new Map(hungry.map((buffer) => [clusterKey(buffer.lane), buffer]))
    for (const fetched of answers) {
      const buffer = byKey.get(`${fetched.topic}/${fetched.partition}`)
      if (buffer !== undefined) await take(buffer, fetched)
    }
    return true
  }

  /** A lane that moves elsewhere while it is read leaves the answer for nobody. */
  async function take(buffer: Buffer, fetched: Fetched): Promise<void> {
    if (buffers.get(keyOf(buffer.lane)) !== buffer || buffer.fetched() !== fetched.offset) return
    if (isOutOfRange(fetched)) return toRange(buffer)
    if (fetched.error !== 0)
      throw new Error(`${fetched.topic}/${fetched.partition}: the broker answers ${fetched.error}`)
    buffer.add(fetched)
    if (fetched.next > fetched.offset) options.grown()
  }

  /** What expired is passed over; a log that ends before the place was made anew, and is read from its start. */
  async function toRange(buffer: Buffer): Promise<void> {
    const { lane } = buffer
    const at = buffer.fetched()
    const { start, end } = await options.rangeOf(lane.topic.name, lane.partition)
    if (at < start) buffer.skipTo(start)
    if (at < start) options.grown()
    if (at <= end) return
    options.failed(`${keyOf(lane)} ends at ${end}, but ${at} was to be read: it is read from its start again`)
    moveTo(lane, start)
    buffer.restart(start)
  }

  async function run(node: number): Promise<void> {
    while (!isClosed) {
      try {
        if (!(await round(node))) await room.heard(waitMs)
      } catch (error) {
        await pause(error)
      }
    }
  }

  function start(node: number): void {
    if (!loops.has(node) && !isClosed) loops.set(node, run(node))
  }

  /** The loops find each other's brokers; the first one must be found, which takes a while where partitions are being made. */
  async function begin(): Promise<void> {
    while (!isClosed && loops.size === 0) {
      await ledBy(nobody).catch(pause)
      if (loops.size > 0) return
      client.forget()
      await room.heard(pauseMs)
    }
  }

  async function pause(error: unknown): Promise<void> {
    if (isClosed) return
    options.failed(reasonOf(error))
    if (isPassing(error)) client.forget()
    await room.heard(pauseMs)
  }

  return Object.freeze({
    set(lanes: readonly Lane[]) {
      buffers = new Map(lanes.map((lane) => [keyOf(lane), laneBuffer(lane)]))
      if (lanes.length > 0 && loops.size === 0) void begin()
      room.ring()
    },
    read(from: readonly Position[], limit: number, characters: number) {
      let rowsLeft = limit
      let charactersLeft = characters
      const slices = from.map((position) => {
        const buffer = buffers.get(positionKey(position))
        if (buffer === undefined) return { offsets: [], bodies: [], next: position.offset }
        const slice = buffer.take(position.offset, Math.max(0, rowsLeft), charactersLeft)
        rowsLeft -= slice.bodies.length
        for (const body of slice.bodies) charactersLeft -= body.length
        return slice
      })
      room.ring()
      return slices
    },
    advanced: room.ring,
    moved(lane: Lane) {
      buffers.get(keyOf(lane))?.restart(lane.next)
      room.ring()
    },
    async close() {
      isClosed = true
      room.ring()
      await client.close()
      await Promise.all(loops.values())
    },
  })
}
