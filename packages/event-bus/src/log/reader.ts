import type { Topic } from '@eip/contracts'
import type { Clock } from '@eip/kernel'
import type { Delivery, Handler, ParkedMessage } from '../event-bus.port.ts'
import type { EventLog, LogSlice } from '../event-log.port.ts'
import { bell } from './bell.ts'
import { decode } from './envelope-codec.ts'
import { advance, hasMore, holdBack, isCareful, type Lane, positionOf } from './lane.ts'
import type { Observe } from './observation.ts'

/** Characters of bodies that one read may bring into memory. */
const maximumReadCharacters = 4 << 20
const longestWaitMs = 30_000
const waitAfterLogFailureMs = 1_000

export type ReaderOptions = Readonly<{
  group: string
  log: EventLog
  topics: ReadonlyMap<string, Topic>
  /** The lanes that are this reader's to take. */
  lanes(): readonly Lane[]
  /** Told after lanes were let go, with `next` moved if their work is done. */
  released(lanes: readonly Lane[]): void
  handle: Handler
  batchSize: number
  maximumAttempts: number
  retryDelayMs: number
  /** False for followers, who keep no offsets in the log. */
  isCommitting: boolean
  clock: Clock
  observe: Observe
}>

export interface Reader {
  wake(): void
  /** Stops taking; resolves when the running `handle` is through and its offsets are stored. */
  close(): Promise<void>
}

type Taken = Readonly<{ lane: Lane; epoch: number; slice: LogSlice }>
type Unit = Readonly<{ taken: readonly Taken[]; deliveries: readonly Delivery[]; parked: readonly ParkedMessage[] }>

/**
 * The loop of one reader:  take lanes → read → decode → handle → settle → let the lanes go.
 * Each turn reads only when the turn before is handled, so a slow reader holds one read in memory, however far it is behind.
 */
export function startReader(options: ReaderOptions): Reader {
  const { group, log, observe } = options
  const alarm = bell()
  const stopped = new AbortController()
  let rotation = 0
  let settling: Promise<void> = Promise.resolve()

  /** Free lanes with work, beginning at another one each time; one that is careful is taken alone. */
  function take(): readonly Lane[] {
    const now = performance.now()
    const ready = options.lanes().filter((lane) => !lane.held && hasMore(lane) && lane.retryAt <= now)
    const first = ready[rotation % Math.max(1, ready.length)]
    rotation += 1
    if (first === undefined) return []
    if (isCareful(first)) return [first]
    const turned = [...ready.slice(ready.indexOf(first)), ...ready.slice(0, ready.indexOf(first))]
    return turned.filter((lane) => !isCareful(lane))
  }

  function waitingTime(): number {
    const waiting = options.lanes().filter((lane) => !lane.held && hasMore(lane))
    return Math.max(1, Math.min(...waiting.map((lane) => lane.retryAt - performance.now())))
  }

  function unitOf(taken: readonly Taken[]): Unit {
    const deliveries: Delivery[] = []
    const parked: ParkedMessage[] = []
    for (const { lane, slice } of taken) {
      const topic = options.topics.get(lane.topic.name) as Topic
      slice.bodies.forEach((body, index) => {
        const position = positionOf(lane, slice.offsets[index])
        const decoded = decode(topic, body)
        if (decoded.reason === undefined) {
          deliveries.push(Object.freeze({ position, event: decoded.event, attempt: lane.failed + 1 }))
        } else {
          parked.push(note(position, 0, decoded.reason, body))
        }
      })
    }
    return { taken, deliveries, parked }
  }

  const note = (position: ParkedMessage['position'], attempts: number, reason: string, body: string): ParkedMessage =>
    Object.freeze({ group, position, attempts, reason, parkedAt: options.clock.now(), body })

  async function handleUnit(unit: Unit): Promise<void> {
    if (unit.deliveries.length === 0) return settle(unit)
    try {
      await options.handle(unit.deliveries, stopped.signal)
    } catch (error) {
      return stopped.signal.aborted ? undefined : failed(unit, error)
    }
    return settle(unit)
  }

  async function failed(unit: Unit, error: unknown): Promise<void> {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    const alone = unit.deliveries.length === 1 ? unit.deliveries[0] : undefined
    const owner = alone && unit.taken.find(({ lane }) => isSame(lane, alone))
    if (alone && owner && alone.attempt >= options.maximumAttempts) {
      const body = owner.slice.bodies[owner.slice.offsets.indexOf(alone.position.offset)] as string
      return settle({ ...unit, parked: [...unit.parked, note(alone.position, alone.attempt, reason, body)] })
    }
    observe({ kind: 'rejected', group, reason, deliveries: unit.deliveries.length, position: alone?.position })
    for (const { lane, epoch, slice } of unit.taken) {
      if (lane.epoch !== epoch || slice.bodies.length === 0) continue
      holdBack(lane, slice.next, Math.min(longestWaitMs, options.retryDelayMs * 2 ** lane.failed))
    }
  }

  /** Moves the lanes on and stores offsets; what is parked is stored before anything moves. */
  async function settle({ taken, parked }: Unit): Promise<void> {
    await settling
    const standing = taken.filter(({ lane, epoch, slice }) => lane.epoch === epoch && slice.next > lane.next)
    const next = options.isCommitting ? standing.map(({ lane, slice }) => positionOf(lane, slice.next)) : []
    if (parked.length > 0) {
      await log.settle(group, next, parked)
      for (const { position, reason, attempts } of parked)
        observe({ kind: 'parked', group, reason, position, attempts })
    } else if (next.length > 0) {
      // The next read does not wait for the offsets: they only say where a later reader begins.
      settling = log.settle(group, next, []).catch(logFailed)
    }
    for (const { lane, epoch, slice } of standing) if (lane.epoch === epoch) advance(lane, slice.next)
  }

  function logFailed(error: unknown): void {
    observe({ kind: 'log-failed', group, reason: error instanceof Error ? error.message : String(error) })
  }

  async function turn(lanes: readonly Lane[]): Promise<void> {
    const epochs = lanes.map((lane) => lane.epoch)
    const limit = lanes.some(isCareful) ? 1 : options.batchSize
    const slices = await log.read(
      lanes.map((lane) => positionOf(lane)),
      limit,
      maximumReadCharacters,
    )
    if (stopped.signal.aborted) return
    const taken = lanes.flatMap((lane, index) => {
      const epoch = epochs[index] as number
      return lane.epoch === epoch ? [{ lane, epoch, slice: slices[index] as LogSlice }] : []
    })
    await handleUnit(unitOf(taken))
  }

  async function run(): Promise<void> {
    while (!stopped.signal.aborted) {
      const lanes = take()
      if (lanes.length === 0) {
        await alarm.heard(waitingTime())
        continue
      }
      for (const lane of lanes) lane.held = true
      let isLogDown = false
      await turn(lanes).catch((error: unknown) => {
        isLogDown = true
        logFailed(error)
      })
      for (const lane of lanes) lane.held = false
      options.released(lanes)
      if (isLogDown && !stopped.signal.aborted) await alarm.heard(waitAfterLogFailureMs)
    }
    await settling
  }

  // Begun a moment later: the caller has yet to deal this reader its lanes.
  const running = Promise.resolve().then(run)
  return Object.freeze({
    wake: alarm.ring,
    async close() {
      stopped.abort()
      alarm.ring()
      await running
    },
  })
}

const isSame = (lane: Lane, { position }: Delivery) =>
  lane.topic.name === position.topic && lane.partition === position.partition
