import { parentPort, workerData } from 'node:worker_threads'
import { createAnalyzer } from '@eip/engine-text-analysis'
import { type FromWorker, sentFailure, type ToWorker, type WorkerOptions } from './native.messages.ts'
import { createSnapshots } from './native.snapshots.ts'
import { createViewWriter, type ViewWriter } from './native.view-writer.ts'

/** Merging and saving go on in slices of this length: an `apply` waits for one of them at most … */
const sliceMs = 5
/** … but after much writing merging gets its share, or the segments of a long import would pile up until its end. */
const mergingShare = 0.25
const longestSliceMs = 250
/** How often it is asked whether a snapshot is due. */
const lookMs = 1_000

/** The thread in which the serving view is written. It answers requests in order and merges and saves in between. */
function run(
  options: WorkerOptions,
  send: (message: FromWorker) => void,
  closePort: () => void,
): (message: ToWorker) => void {
  const snapshots = createSnapshots(options, (line) => send({ kind: 'log', ...line }))
  const publish = (publication: unknown) => options.publications.postMessage(publication)
  const start = snapshots.read()
  const view: ViewWriter = createViewWriter(start, createAnalyzer(), publish)
  let isScheduled = false
  let isClosed = false
  /** Milliseconds of writing since the last slice. */
  let written = 0

  const workOn = () => {
    isScheduled = false
    if (isClosed) return
    const budgetMs = Math.min(longestSliceMs, Math.max(sliceMs, written * mergingShare))
    written = 0
    let hasMore = snapshots.run(view, sliceMs)
    try {
      hasMore = view.mergeSome(budgetMs) || hasMore
    } catch (error) {
      // The segments that were to be merged stay as they are and serve on.
      send({ kind: 'log', level: 'error', fields: { ...sentFailure(error) }, message: 'merging segments failed' })
    }
    if (hasMore) schedule()
  }
  const schedule = () => {
    if (!isScheduled) setImmediate(workOn)
    isScheduled = true
  }
  const answer = (request: number, work: () => void) => {
    try {
      work()
      send({ kind: 'done', request })
    } catch (error) {
      send({ kind: 'failed', request, failure: sentFailure(error) })
    }
    schedule()
  }

  const looking = setInterval(schedule, lookMs)
  publish(start.index.publication())
  send({ kind: 'opened', positions: start.positions })
  const receive = (message: ToWorker) => {
    switch (message.kind) {
      case 'changes':
        return view.take(message.json)
      case 'apply':
        return answer(message.request, () => snapshots.changed(view.apply(message.positions) + 1))
      case 'columns':
        return answer(message.request, () => {
          view.updateColumns(message.changes)
          snapshots.changed(message.changes.length)
        })
      case 'save':
        snapshots.ask((error) =>
          send(
            error === null
              ? { kind: 'done', request: message.request }
              : { kind: 'failed', request: message.request, failure: sentFailure(error) },
          ),
        )
        return schedule()
      case 'close':
        isClosed = true
        clearInterval(looking)
        options.publications.close()
        return closePort()
    }
  }
  return (message) => {
    const start = performance.now()
    receive(message)
    written += performance.now() - start
  }
}

const port = parentPort!
const send = (message: FromWorker) => port.postMessage(message)
try {
  const receive = run(workerData as WorkerOptions, send, () => port.close())
  port.on('message', receive)
} catch (error) {
  send({ kind: 'refused', failure: sentFailure(error) })
}
