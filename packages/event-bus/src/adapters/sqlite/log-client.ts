import { Worker } from 'node:worker_threads'
import type { Position } from '@eip/contracts'
import type { Clock } from '@eip/kernel'
import { eventBusFailure } from '../../event-bus.failure.ts'
import type { AppendListener, EventLog, LogRow, ParkingLot, Settlement, TopicHead } from '../../event-log.port.ts'
import type { Observe } from '../../log/observation.ts'
import type { FromWorker, Operation, Operations, Request, RowColumns, Tick, Trouble, WorkerStart } from './messages.ts'

export type LogClientOptions = Readonly<{
  start: WorkerStart
  tidyEveryMs: number
  clock: Clock
  appended: AppendListener
  observe: Observe
}>

type Waiting = Readonly<{ resolve(value: unknown): void; reject(error: unknown): void }>

/** The log as its users see it: each call is a message to the thread that has the file. */
export async function logClient(options: LogClientOptions): Promise<EventLog> {
  const { start, tidyEveryMs, clock } = options
  // Without this program's own flags: some of them (`--eval`, preloaded modules) are not for a thread.
  const flags = { execArgv: [], name: 'event-log' }
  const worker = new Worker(new URL('./log.worker.ts', import.meta.url), { workerData: start, ...flags })
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  const { ask, opened } = asking(worker, options)
  await opened
  const ticking = setInterval(
    () => worker.postMessage({ operation: 'tidy', now: clock.now() } satisfies Tick),
    tidyEveryMs,
  )
  ticking.unref()

  return Object.freeze({
    openTopic: ({ name, kind }: TopicHead) => ask('openTopic', { name, kind }),
    append: async (topic: string, rows: readonly LogRow[]) =>
      void (await ask('append', { topic, now: clock.now(), rows: columnsOf(rows) })),
    read: (from: readonly Position[], limit: number, characters: number) => ask('read', { from, limit, characters }),
    positions: (topic: string, of: Operations['positions']['ask']['of']) => ask('positions', { topic, of }),
    settle: async (group: string, settlement: Settlement) => void (await ask('settle', { ...settlement, group })),
    parking: parkingOf(ask),
    async close() {
      clearInterval(ticking)
      await ask('close', null).finally(() => exited)
    },
  })
}

type Ask = <Name extends Operation>(
  operation: Name,
  ask: Operations[Name]['ask'],
) => Promise<Operations[Name]['answer']>

const parkingOf = (ask: Ask): ParkingLot =>
  Object.freeze({
    counts: () => ask('counts', null),
    list: (group: string, limit: number) => ask('parked', { group, limit }),
    retry: (group: string, positions: readonly Position[]) => ask('retry', { group, positions }),
    forget: (group: string, positions: readonly Position[]) => ask('forget', { group, positions }),
    queues: (group: string, topic: string) => ask('queues', { group, topic }),
    read: (group: string, from: readonly Position[], limit: number, characters: number) =>
      ask('readQueues', { group, from, limit, characters }),
  })

/** Questions to the worker and its answers; when it ends, every question that is open or comes later fails with the reason. */
function asking(worker: Worker, { start, appended, observe }: LogClientOptions) {
  const waiting = new Map<number, Waiting>()
  let lastId = 0
  let dead: Error | undefined

  function die(reason: string): void {
    dead ??= eventBusFailure('event-bus.log-failed', `the thread of log "${start.file}" has ended: ${reason}`)
    for (const { reject } of waiting.values()) reject(dead)
    waiting.clear()
  }
  worker.on('error', (error) => die(error instanceof Error ? error.message : String(error)))
  worker.on('exit', () => die('it was closed'))
  worker.on('message', ({ ends, answers, trouble }: FromWorker) => {
    if (trouble !== undefined) observe({ kind: 'log-failed', group: undefined, reason: trouble.message })
    for (const [topic, offsets] of ends) appended(topic, offsets)
    for (const answer of answers) {
      const caller = waiting.get(answer.id)
      waiting.delete(answer.id)
      if ('trouble' in answer) caller?.reject(failureOf(answer.trouble))
      else caller?.resolve(answer.value)
    }
  })

  const answerTo = (id: number) =>
    new Promise<unknown>((resolve, reject) => {
      if (dead === undefined) waiting.set(id, { resolve, reject })
      else reject(dead)
    })

  async function ask<Name extends Operation>(operation: Name, ask: Operations[Name]['ask']) {
    lastId += 1
    const answer = answerTo(lastId)
    if (dead === undefined) worker.postMessage({ id: lastId, operation, ask } as Request)
    return (await answer) as Operations[Name]['answer']
  }

  return { ask, opened: answerTo(0) }
}

const columnsOf = (rows: readonly LogRow[]): RowColumns => ({
  ids: rows.map(({ id }) => id),
  keys: rows.map(({ key }) => key),
  versions: rows.map(({ version }) => version),
  recordedAt: rows.map(({ recordedAt }) => recordedAt),
  bodies: rows.map(({ body }) => body),
})

function failureOf({ code, message, details }: Trouble): Error {
  const known = code in eventBusFailure.codes ? (code as keyof typeof eventBusFailure.codes) : 'event-bus.log-failed'
  return eventBusFailure(known, message, details)
}
