import { setTimeout as wait } from 'node:timers/promises'
import { eventBusFailure } from '../../event-bus.failure.ts'
import { type Bell, bell } from '../../log/bell.ts'
import { isAnswer, isPassing, type KafkaClient, reasonOf } from './client.ts'
import { type CommitBook, commitBook } from './commit-book.ts'
import type { TopicPartitions } from './dealing.ts'
import {
  type CommitOffset,
  type Generation,
  type GroupProtocol,
  type GroupProtocolOptions,
  groupProtocol,
} from './group-protocol.ts'

export type MembershipOptions = GroupProtocolOptions &
  Readonly<{
    heartbeatMs: number
    /** Resolves when what was taken is through and its offsets are given to `commit`; nothing more is taken. */
    revoke(): Promise<void>
    /** `life` is the group's present one, see `group-life.ts`. */
    assign(parts: readonly TopicPartitions[], life: string): Promise<void>
    /** The group has gone on without this member: whatever still runs must commit nothing. */
    lost(): void
    failed(reason: string): void
  }>

/** A place in a group of the cluster. */
export interface Membership {
  /** Resolves after the first `assign`, or rejects if the group does not take it. */
  readonly joined: Promise<void>
  /** Stores offsets; rejects if the broker did not take them (they go with the next ones), or the group has gone on without us. */
  commit(offsets: readonly CommitOffset[]): Promise<void>
  close(): Promise<void>
}

type State = Readonly<{
  options: MembershipOptions
  client: KafkaClient
  protocol: GroupProtocol
  book: CommitBook
  joined: PromiseWithResolvers<void>
  alarm: Bell
}> & { memberId: string; generation: Generation | undefined; isClosed: boolean }

const pauseMs = 200
const leaveWithinMs = 1_000
/** Answers that say no more than: come again. */
const comeAgain = ['REBALANCE_IN_PROGRESS', 'ILLEGAL_GENERATION', 'UNKNOWN_MEMBER_ID', 'MEMBER_ID_REQUIRED'] as const

/**
 *   gather ──▶ assign ──▶ heartbeats … "rebalance" ──▶ revoke (heartbeats go on) ──▶ gather again
 *     ▲                            └── "unknown member" ──▶ lost ─────────────────────────┘
 *
 * The running batch ends and its offsets are stored before the member gathers again, so nobody gets a partition while it is
 * still worked on. Who takes longer than the rebalance may last is out: its offsets are refused, and its batch comes again.
 */
export function joinGroup(options: MembershipOptions): Membership {
  const protocol = groupProtocol(options)
  const state: State = {
    options,
    client: options.client,
    protocol,
    book: commitBook(protocol),
    joined: Promise.withResolvers<void>(),
    alarm: bell(),
    memberId: '',
    generation: undefined,
    isClosed: false,
  }
  state.joined.promise.catch(() => undefined)
  const running = run(state)
  return Object.freeze({
    joined: state.joined.promise,
    commit: (offsets: readonly CommitOffset[]) => commit(state, offsets),
    async close() {
      await state.book.flush().catch(() => undefined)
      state.isClosed = true
      state.alarm.ring()
      await leave(state)
      await state.client.close()
      await running
      state.joined.reject(new Error('the subscription was closed'))
    },
  })
}

async function commit(state: State, offsets: readonly CommitOffset[]): Promise<void> {
  if (offsets.length === 0) return
  const { generation } = state
  state.book.add(offsets)
  await state.book.flush()
  if (generation === undefined || state.generation !== generation) {
    throw eventBusFailure(
      'event-bus.log-failed',
      'the group has gone on without this member: its offsets are not stored',
    )
  }
}

async function run(state: State): Promise<void> {
  while (!state.isClosed) {
    try {
      const { generation, parts } = await state.protocol.gather(state.memberId)
      state.memberId = generation.memberId
      take(state, generation)
      await state.options.assign(parts, generation.life)
      state.joined.resolve()
      await stay(state, generation)
    } catch (error) {
      await missed(state, error)
    }
  }
}

function take(state: State, generation: Generation | undefined): void {
  state.generation = generation
  state.book.begin(generation)
}

/** Ends when the group gathers anew, or has done so without us. */
async function stay(state: State, generation: Generation): Promise<void> {
  while (!state.isClosed) {
    await state.alarm.heard(state.options.heartbeatMs)
    if (state.isClosed) return
    const health = await state.protocol.beat(generation)
    if (health === 'out') return leftBehind(state)
    if (health === 'rebalance') return yieldUp(state, generation)
    await state.book.flush().catch(() => undefined)
  }
}

async function yieldUp(state: State, generation: Generation): Promise<void> {
  let isThrough = false
  const revoked = state.options.revoke().then(() => {
    isThrough = true
    state.alarm.ring()
  })
  while (!isThrough) {
    await state.alarm.heard(state.options.heartbeatMs)
    if (!isThrough && (await state.protocol.beat(generation)) === 'out') return leftBehind(state)
  }
  await revoked
  await state.book.flush().catch(() => undefined)
  take(state, undefined)
}

function leftBehind(state: State): void {
  take(state, undefined)
  state.options.lost()
}

async function missed(state: State, error: unknown): Promise<void> {
  if (state.isClosed) return
  if (state.generation !== undefined) leftBehind(state)
  // The first answer to a newcomer is the name to come again with.
  const given = isAnswer(error, 'MEMBER_ID_REQUIRED') ? memberIdIn(error) : ''
  if (given !== '' || isAnswer(error, 'UNKNOWN_MEMBER_ID')) state.memberId = given
  if (given !== '') return
  if (!isAnswer(error, ...comeAgain)) {
    state.options.failed(reasonOf(error))
    if (isPassing(error)) state.client.forget()
    else state.joined.reject(error)
  }
  await state.alarm.heard(pauseMs)
}

const memberIdIn = (error: unknown): string => {
  const { response } = error as { response?: { memberId?: string } }
  return response?.memberId ?? ''
}

/** So that the others need not wait until the session has run out. */
async function leave({ protocol, memberId }: State): Promise<void> {
  if (memberId === '') return
  const left = protocol.leave(memberId).catch(() => undefined)
  await Promise.race([left, wait(leaveWithinMs, undefined, { ref: false })])
}
