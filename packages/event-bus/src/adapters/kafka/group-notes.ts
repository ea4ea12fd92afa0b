import { setTimeout as wait } from 'node:timers/promises'
import type { Position } from '@eip/contracts'
import { eventBusFailure } from '../../event-bus.failure.ts'
import type { ParkedMessage } from '../../event-bus.port.ts'
import type { Appender, Outgoing } from './appender.ts'
import { isPassing, type KafkaClient, reasonOf } from './client.ts'
import { type Fetched, fetchOf, isOutOfRange, scan } from './fetching.ts'
import { type NoteKind, noteKey, type ParkedNote, readParkedNote } from './note-codec.ts'
import { type NoteFold, noteFold, type Parked } from './note-fold.ts'
import type { Offsets } from './offsets.ts'
import { persistently } from './persistence.ts'

/** To write: a note, or no value for one that is done with. */
export type NoteToWrite = Readonly<{ kind: NoteKind; group: string; position: Position; value?: unknown }>

/**
 * What groups have set aside, what is to be given to them again and where they are told to go on: one compacted topic with
 * one partition for all groups, which every process reads from its start and keeps in mind without the bytes.
 *
 *    retry(group, …)  ──▶ retry ┐
 *    a reader parks   ──▶ parked├─▶ topic of notes ──▶ every process: fold ──▶ readers of the group: their retry lanes
 *    a reader is done ──▶ (none)│                                        └──▶ list, groups, lag
 *    replay(group, …) ──▶ replay┘                                        └──▶ the member that has the partition moves
 *
 *    parked ──retry──▶ parked + retry ──handled──▶ nothing
 *       ▲                    │
 *       └──── fails again ───┘
 *
 * A message is parked, or on its way, or handled at every moment, because each of these steps is one record, and readers
 * take the step after they have done the work. The order of the topic is the order of parking and of retrying.
 */
export interface GroupNotes {
  readonly fold: Omit<NoteFold, 'add'>
  /** Resolves when everything that the topic holds by now is in the fold. */
  upToDate(): Promise<void>
  write(notes: readonly NoteToWrite[]): Promise<void>
  /** The notes of messages, their bytes too, in the order asked. Those that have left meanwhile are missing. */
  read(parked: readonly Parked[]): Promise<readonly (ParkedNote & Parked)[]>
  list(group: string, limit: number): Promise<readonly ParkedMessage[]>
  /** Calls back when notes of the group came; answers with what ends that. */
  hear(group: string, changed: () => void): () => void
  close(): Promise<void>
}

export type GroupNotesOptions = Readonly<{
  /** The topic of notes, as the cluster calls it; it is there. */
  topic: string
  /** Waits for news; nobody else uses it. */
  waiting: KafkaClient
  client: KafkaClient
  offsets: Offsets
  appender: Appender
  failed(reason: string): void
}>

const waitMs = 1_000
const pauseMs = 500

export function groupNotes(options: GroupNotesOptions): GroupNotes {
  const { topic, waiting, client, offsets, appender } = options
  const fold = noteFold()
  const listeners = new Map<string, Set<() => void>>()
  let waiters: { end: number; resolve(): void; reject(error: unknown): void }[] = []
  let next = 0
  let isClosed = false

  function take(fetched: Fetched): void {
    const changed = fold.add(fetched.rows)
    next = fetched.next
    for (const { resolve } of waiters.filter(({ end }) => end <= next)) resolve()
    waiters = waiters.filter(({ end }) => end > next)
    for (const group of changed) for (const listener of listeners.get(group) ?? []) listener()
  }

  async function round(): Promise<void> {
    const leader = (await waiting.leaders([topic])).get(topic)?.[0] ?? -1
    const limits = { waitMs, bytes: 4 << 20, bytesOfPartition: 4 << 20 }
    const [fetched] = await fetchOf(waiting, leader, [{ topic, partition: 0, offset: next }], limits)
    if (fetched !== undefined && isOutOfRange(fetched)) next = (await offsets.starts([topic])).get(topic)?.[0] ?? 0
    else if (fetched?.error === 0) take(fetched)
    else throw new Error(`topic "${topic}": the broker answers ${fetched?.error}`)
  }

  async function run(): Promise<void> {
    while (!isClosed) {
      await round().catch(async (error: unknown) => {
        if (isClosed) return
        options.failed(reasonOf(error))
        if (isPassing(error)) waiting.forget()
        await wait(pauseMs)
      })
    }
  }

  async function upToDate(): Promise<void> {
    const end = (await offsets.ends([topic])).get(topic)?.[0] ?? 0
    if (next >= end) return
    await new Promise<void>((resolve, reject) => waiters.push({ end, resolve, reject }))
  }

  const outgoing = ({ value, ...key }: NoteToWrite): Outgoing => {
    return { topic, partition: 0, key: noteKey(key), value: value === undefined ? undefined : JSON.stringify(value) }
  }

  /** One read finds what stands close together; notes of one moment do. */
  async function read(parked: readonly Parked[]): Promise<readonly (ParkedNote & Parked)[]> {
    const found = new Map<number, ParkedNote>()
    const wanted = new Set(parked.map(({ at }) => at))
    for (const at of [...wanted].sort((a, b) => a - b)) {
      if (!wanted.has(at)) continue
      for await (const rows of scan(client, { topic, partition: 0, offset: at }, at + 1)) {
        for (const { offset, value } of rows) {
          if (wanted.delete(offset) && value !== null) found.set(offset, readParkedNote(value.toString('utf8')))
        }
      }
      wanted.delete(at)
    }
    return parked.flatMap((one) => {
      const note = found.get(one.at)
      return note === undefined ? [] : [{ ...note, ...one }]
    })
  }

  const running = run()
  return Object.freeze({
    fold,
    upToDate,
    write: (notes: readonly NoteToWrite[]) => appender.append(notes.map(outgoing)),
    read: (parked: readonly Parked[]) => persistently(client, 'parked messages', () => read(parked)),
    async list(group: string, limit: number) {
      await upToDate()
      const notes = await this.read(fold.parked(group).slice(-limit))
      return notes.map(({ at: _, ...note }) => Object.freeze({ group, ...note }))
    },
    hear(group: string, changed: () => void) {
      const own = listeners.get(group) ?? new Set()
      listeners.set(group, own.add(changed))
      return () => void own.delete(changed)
    },
    async close() {
      isClosed = true
      const closed = eventBusFailure('event-bus.closed', 'the event bus is closed')
      for (const { reject } of waiters.splice(0)) reject(closed)
      await waiting.close()
      await running
    },
  })
}
