import type { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'
import { isFailure } from '@eip/kernel'
import { commitQueue } from './commit-queue.ts'
import { openLogFile } from './log-file.ts'
import { logReader } from './log-reader.ts'
import { logWriter, type Write } from './log-writer.ts'
import type { Answer, FromWorker, Operation, Operations, Request, Tick, Trouble, WorkerStart } from './messages.ts'
import { parkingLot } from './parking-lot.ts'
import { streams as openStreams, type Streams } from './streams.ts'
import { tidying } from './tidying.ts'

// The thread that has the file. Nothing here waits but the disk: reads are answered as they come, writes gather for the next
// commit, and tidying takes a slice between commits.

/** Events in one commit: some 20 ms of work, after which waiting reads are answered. */
const eventsPerCommit = 4_000

if (parentPort === null) throw new Error('log.worker.ts runs as a worker thread')
const port = parentPort
const send = (message: FromWorker) => port.postMessage(message)

function troubleOf(error: unknown): Trouble {
  if (isFailure(error)) return { code: error.code, message: error.message, details: { ...error.details } }
  return { code: 'event-bus.log-failed', message: error instanceof Error ? error.message : String(error) }
}

/** Group commit of what is asked; every commit is told of in one message. */
function writes(database: DatabaseSync, streams: Streams) {
  let answers: Answer[] = []
  let changed = new Set<string>()
  const queue = commitQueue<Write>({
    commit: logWriter(database, streams),
    committed() {
      const ends = [...changed].map((topic) => [topic, streams.of(topic).streams.map(({ next }) => next)] as const)
      send({ ends, answers })
      answers = []
      changed = new Set()
    },
    soon: setImmediate,
    maximumWeight: eventsPerCommit,
  })
  function add(id: number, work: Write): void {
    queue.add({
      work,
      weight: 'append' in work ? work.append.rows.ids.length : 1,
      done(error) {
        answers.push(error === undefined ? { id, value: null } : { id, trouble: troubleOf(error) })
        if (error === undefined && 'append' in work) changed.add(work.append.topic)
      },
    })
  }
  return { add, drain: queue.drain }
}

/** Slices of tidying, one a turn of the event loop, until there is nothing old enough. */
function tidier(database: DatabaseSync, slice: (now: number) => boolean) {
  let now = 0
  let isRunning = false
  const once = (): boolean => {
    try {
      return slice(now)
    } catch (error) {
      // Tried again at the next tick: a full disk may have room by then.
      send({ ends: [], answers: [], trouble: troubleOf(error) })
      return false
    }
  }
  const soon = () => {
    isRunning = true
    setImmediate(() => {
      isRunning = false
      if (database.isOpen && once()) soon()
    })
  }
  return (time: number) => {
    now = time
    if (!isRunning) soon()
  }
}

function answer<Name extends Operation>(id: number, work: () => Operations[Name]['answer']): void {
  try {
    send({ ends: [], answers: [{ id, value: work() }] })
  } catch (error) {
    send({ ends: [], answers: [{ id, trouble: troubleOf(error) }] })
  }
}

function serve(start: WorkerStart): void {
  const database = openLogFile(start.file)
  const streams = openStreams(database, start.partitions)
  const reader = logReader(database, streams)
  const parking = parkingLot(database, streams)
  const tidy = tidier(database, tidying(database, streams, start).slice)
  const { add, drain } = writes(database, streams)
  const close = () => {
    // After this answer: a port that is closed says nothing more.
    setImmediate(() => port.close())
    drain()
    database.close()
    return null
  }
  port.on('message', (request: Request | Tick) => {
    if (request.operation === 'tidy') tidy(request.now)
    else if (request.operation === 'append') add(request.id, { append: request.ask })
    else if (request.operation === 'settle') add(request.id, { settle: request.ask })
    else if (request.operation === 'read') answer<'read'>(request.id, () => reader.read(request.ask))
    else if (request.operation === 'positions') answer<'positions'>(request.id, () => reader.positions(request.ask))
    else if (request.operation === 'counts') answer<'counts'>(request.id, parking.counts)
    else if (request.operation === 'parked') answer<'parked'>(request.id, () => parking.list(request.ask))
    else if (request.operation === 'retry') answer<'retry'>(request.id, () => parking.retry(request.ask))
    else if (request.operation === 'forget') answer<'forget'>(request.id, () => parking.forget(request.ask))
    else if (request.operation === 'queues') answer<'queues'>(request.id, () => parking.queues(request.ask))
    else if (request.operation === 'readQueues') answer<'readQueues'>(request.id, () => parking.read(request.ask))
    else if (request.operation === 'close') answer<'close'>(request.id, close)
    else answer<'openTopic'>(request.id, () => streams.open(request.ask).streams.map(({ next }) => next))
  })
}

try {
  serve(workerData as WorkerStart)
  send({ ends: [], answers: [{ id: 0, value: null }] })
} catch (error) {
  send({ ends: [], answers: [{ id: 0, trouble: troubleOf(error) }] })
  port.close()
}
