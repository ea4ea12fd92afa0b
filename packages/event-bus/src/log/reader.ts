import type { Topic } from '@eip/contracts'
import { type Clock, isTemporary } from '@eip/kernel'
import type { Handler } from '../event-bus.port.ts'
import type { EventLog, LogSlice, ParkingLot } from '../event-log.port.ts'
import { type Bell, bell } from './bell.ts'
import {
  advance,
  holdBack,
  isCareful,
  isOfRetries,
  type Lane,
  lanesToTake,
  letWait,
  positionOf,
  waitingTime,
} from './lane.ts'
import type { Observe } from './observation.ts'
import { givenUp, type Unit, unitOf } from './unit.ts'

/** Characters of bodies that one read may bring into memory. */
const maximumReadCharacters = 4 << 20
const longestWaitMs = 30_000
/** What a handler lacks may be back at any moment, and everything waits for it. */
const longestWaitForOthersMs = 5_000
const waitAfterLogFailureMs = 1_000

/** What a reader asks of a log. */
export type ReadableLog = Pick<EventLog, 'read' | 'settle'> & Readonly<{ parking: Pick<ParkingLot, 'read'> }>

export type ReaderOptions = Readonly<{
  group: string
  log: ReadableLog
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
  /** Resolves when what it has taken by now is through, and its offsets are stored. */
  settled(): Promise<void>
  /** Stops taking; resolves when the running `handle` is through and its offsets are stored. */
  close(): Promise<void>
}

type State = Readonly<ReaderOptions & { alarm: Bell; stopped: AbortController }> & {
  /** The offsets that are being stored: one such call at a time. */
  settling: Promise<void>
  /** From taking lanes to letting them go. */
  turning: Promise<void>
}

/**
 * The loop of one reader:  take lanes → read → decode → handle → settle → let the lanes go.
 * Each turn reads only when the turn before is handled, so a slow reader holds one read in memory, however far it is behind.
 */
export function startReader(options: ReaderOptions): Reader {
  const idle = Promise.resolve()
  const state: State = { ...options, alarm: bell(), stopped: new AbortController(), settling: idle, turning: idle }
  // Begun a moment later: the caller has yet to deal this reader its lanes.
  const running = Promise.resolve().then(() => run(state))
  return Object.freeze({
    wake: state.alarm.ring,
    async settled() {
      await state.turning
      await state.settling
    },
    async close() {
      state.stopped.abort()
      state.alarm.ring()
      await running
    },
  })
}

async function run(state: State): Promise<void> {
  for (let count = 0; !state.stopped.signal.aborted; count += 1) {
    const lanes = lanesToTake(state.lanes(), count)
    if (lanes.length === 0) {
      await state.alarm.heard(waitingTime(state.lanes()))
      continue
    }
    for (const lane of lanes) lane.hold.isHeld = true
    let isLogDown = false
    state.turning = turn(state, lanes).catch((error: unknown) => {
      isLogDown = true
      logFailed(state, error)
    })
    await state.turning
    for (const lane of lanes) lane.hold.isHeld = false
    state.released(lanes)
    if (isLogDown && !state.stopped.signal.aborted) await state.alarm.heard(waitAfterLogFailureMs)
  }
  await state.settling
}

async function turn(state: State, lanes: readonly Lane[]): Promise<void> {
  const epochs = lanes.map((lane) => lane.epoch)
  const limit = lanes.some(isCareful) ? 1 : state.batchSize
  const from = lanes.map((lane) => positionOf(lane))
  const slices = lanes.some(isOfRetries)
    ? await state.log.parking.read(state.group, from, limit, maximumReadCharacters)
    : await state.log.read(from, limit, maximumReadCharacters)
  if (state.stopped.signal.aborted) return
  const taken = lanes.flatMap((lane, index) => {
    const epoch = epochs[index] as number
    return lane.epoch === epoch ? [{ lane, epoch, slice: slices[index] as LogSlice }] : []
  })
  await handleUnit(state, unitOf(state.topics, taken))
}

async function handleUnit(state: State, unit: Unit): Promise<void> {
  if (unit.deliveries.length === 0) return settle(state, unit)
  try {
    await state.handle(unit.deliveries, state.stopped.signal)
  } catch (error) {
    // What a handler gave up because its reader closes has not failed: the next reader gets it.
    return state.stopped.signal.aborted ? undefined : rejected(state, unit, error)
  }
  return settle(state, unit)
}

async function rejected(state: State, unit: Unit, error: unknown): Promise<void> {
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  if (isTemporary(error)) return waitForOthers(state, unit, reason)
  const rest = givenUp(unit, state.maximumAttempts, reason)
  if (rest !== undefined) return settle(state, rest)
  const { deliveries, taken } = unit
  const position = deliveries.length === 1 ? deliveries[0]?.position : undefined
  state.observe({ kind: 'rejected', group: state.group, reason, deliveries: deliveries.length, position })
  for (const { lane, epoch, slice } of taken) {
    if (lane.epoch !== epoch || slice.bodies.length === 0) continue
    holdBack(lane, slice.next, Math.min(longestWaitMs, state.retryDelayMs * 2 ** lane.failed))
  }
}

/** What the handler works with is away: the same messages come again, and it does not count against them. */
function waitForOthers({ group, observe, retryDelayMs }: State, { deliveries, taken }: Unit, reason: string): void {
  observe({ kind: 'waiting', group, reason, deliveries: deliveries.length })
  for (const { lane, epoch, slice } of taken)
    if (lane.epoch === epoch && slice.bodies.length > 0)
      letWait(lane, Math.min(longestWaitForOthersMs, retryDelayMs * 2 ** lane.lacking))
}

/** Moves the lanes on and stores offsets; what is parked is stored before anything moves. */
async function settle(state: State, { taken, unfit }: Unit): Promise<void> {
  const { group, log } = state
  await state.settling
  const standing = taken.filter(({ lane, epoch, slice }) => lane.epoch === epoch && slice.next > lane.next)
  const moved = (lanes: typeof standing) => lanes.map(({ lane, slice }) => positionOf(lane, slice.next))
  const next = state.isCommitting ? moved(standing.filter(({ lane }) => !isOfRetries(lane))) : []
  const retried = moved(standing.filter(({ lane }) => isOfRetries(lane)))
  if (unfit.length > 0) {
    const parkedAt = state.clock.now()
    const parked = unfit.map((message) => ({ ...message, group, parkedAt }))
    await log.settle(group, { next, retried, parked })
    for (const { position, reason, attempts } of unfit) {
      state.observe({ kind: 'parked', group, reason, position, attempts })
    }
  } else if (next.length > 0 || retried.length > 0) {
    // The next read does not wait for the offsets: they only say where a later reader begins.
    state.settling = log.settle(group, { next, retried, parked: [] }).catch((error) => logFailed(state, error))
  }
  for (const { lane, epoch, slice } of standing) if (lane.epoch === epoch) advance(lane, slice.next)
}

function logFailed({ group, observe }: State, error: unknown): void {
  observe({ kind: 'log-failed', group, reason: error instanceof Error ? error.message : String(error) })
}
