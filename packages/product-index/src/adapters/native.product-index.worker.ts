import { parentPort, workerData } from 'node:worker_threads'
import { createAnalyzer } from '@eip/engine-text-analysis'
import { type FromWorker, sentFailure, type ToWorker, type WorkerOptions } from './native.messages.ts'
import { createSnapshots, type Snapshots } from './native.snapshots.ts'
import { createViewWriter, type ViewWriter } from './native.view-writer.ts'
import { createVocabularyJob, type VocabularyJob } from './native.vocabulary-job.ts'

/** Merging, linking and saving go on in slices of this length: an `apply` waits for one of each at most … */
const sliceMs = 5
/** … but after much writing they get their share, or what is left undone in a long import would pile up until its end. */
const sharesOfWriting = Object.freeze({ merging: 0.25, linking: 0.5 })
const longestSliceMs = 250
/**
 * Every query looks at each vector that is in no graph yet: when there are more than these, whoever brings vectors
 * waits (back-pressure), and they are linked in longer slices.
 */
const mostUnlinked = 10_000
const catchingUpMs = 50
/** How often it is asked whether a snapshot is due. */
const lookMs = 1_000

type Parts = Readonly<{ view: ViewWriter; snapshots: Snapshots; vocabulary: VocabularyJob }>
type Send = (message: FromWorker) => void

/** The thread in which the serving view is written. It takes requests in order, and merges, links and saves in between. */
function run(options: WorkerOptions, send: Send, closePort: () => void): (message: ToWorker) => void {
  const snapshots = createSnapshots(options, (line) => send({ kind: 'log', ...line }))
  const start = snapshots.read()
  const view = createViewWriter(start, createAnalyzer(), (publication) => options.publications.postMessage(publication))
  const parts: Parts = { view, snapshots, vocabulary: createVocabularyJob() }
  const answers = answering(send)
  const slices = slicing(parts, answers, send)
  const requests = requesting(parts, answers)
  const looking = setInterval(slices.schedule, lookMs)
  view.publishAll()
  send({ kind: 'opened', positions: start.positions })
  return (message) => {
    if (message.kind === 'close') {
      slices.close()
      clearInterval(looking)
      options.publications.close()
      return closePort()
    }
    const startedAt = performance.now()
    requests(message)
    slices.wrote(performance.now() - startedAt)
    if (message.kind !== 'changes') slices.schedule()
  }
}

/** Says what became of a request; for one that brought vectors, only when there is room for more of them. */
function answering(send: Send) {
  const postponed: number[] = []
  return {
    done: (request: number, answer?: string) =>
      send({ kind: 'done', request, ...(answer !== undefined && { answer }) }),
    failed: (request: number, error: unknown) => send({ kind: 'failed', request, failure: sentFailure(error) }),
    postpone: (request: number) => void postponed.push(request),
    hasPostponed: () => postponed.length > 0,
    releasePostponed() {
      for (const request of postponed.splice(0)) send({ kind: 'done', request })
    },
  }
}
type Answers = ReturnType<typeof answering>

/** Work between the requests, a slice a turn of the event loop. */
function slicing({ view, snapshots, vocabulary }: Parts, answers: Answers, send: Send) {
  let isScheduled = false
  let isClosed = false
  /** Milliseconds of writing since the last slice. */
  let written = 0

  /** What was to be put in better order stays as it is when that fails, and serves on. */
  const orNothing = <T>(what: string, work: () => T, nothing: T): T => {
    try {
      return work()
    } catch (error) {
      send({ kind: 'log', level: 'error', fields: { ...sentFailure(error) }, message: `${what} failed` })
      return nothing
    }
  }
  const merge = (budgetMs: number) => orNothing('merging segments', () => view.mergeSome(budgetMs), false)
  const link = (budgetMs: number): boolean => {
    const budget = answers.hasPostponed() ? catchingUpMs : budgetMs
    const state = orNothing('linking vectors', () => view.link(budget), 'idle')
    if (state === 'finished') snapshots.changed(1)
    if (answers.hasPostponed() && (state !== 'working' || view.unlinked() <= mostUnlinked)) answers.releasePostponed()
    return state === 'working'
  }
  const workOn = () => {
    isScheduled = false
    if (isClosed) return
    const budget = (share: number) => Math.min(longestSliceMs, Math.max(sliceMs, written * share))
    const [merging, linking] = [budget(sharesOfWriting.merging), budget(sharesOfWriting.linking)]
    written = 0
    const isMore = [snapshots.run(view, sliceMs), merge(merging), link(linking), vocabulary.run(sliceMs)]
    if (isMore.includes(true)) schedule()
  }
  const schedule = () => {
    if (!isScheduled) setImmediate(workOn)
    isScheduled = true
  }
  return {
    schedule,
    wrote(milliseconds: number) {
      written += milliseconds
    },
    close() {
      isClosed = true
    },
  }
}

type Request = Exclude<ToWorker, { kind: 'close' }>

function requesting({ view, snapshots, vocabulary }: Parts, answers: Answers) {
  /** Does the work and says so; `work` answers whether the answer has to wait. */
  const answer = (request: number, work: () => boolean) => {
    try {
      if (work()) answers.postpone(request)
      else answers.done(request)
    } catch (error) {
      answers.failed(request, error)
    }
  }
  return (message: Request) => {
    switch (message.kind) {
      case 'changes':
        view.take(message.of, message.json)
        break
      case 'apply':
        answer(message.request, () => {
          const { products, vectors, columns } = view.apply(message.positions)
          snapshots.changed(products + vectors + columns + 1)
          return vectors > 0 && (answers.hasPostponed() || view.unlinked() > mostUnlinked)
        })
        break
      case 'encoders':
        answer(message.request, () => {
          view.applyEncoders(message.changes, message.positions)
          snapshots.changed(message.changes.length + 1)
          return false
        })
        break
      case 'held':
        try {
          answers.done(message.request, JSON.stringify(view.held(message.asked)))
        } catch (error) {
          answers.failed(message.request, error)
        }
        break
      case 'save':
        answers.releasePostponed()
        snapshots.ask((error) =>
          error === null ? answers.done(message.request) : answers.failed(message.request, error),
        )
        break
      case 'vocabulary':
        vocabulary.ask(view.state().index, message.part, {
          done: (part) => answers.done(message.request, JSON.stringify(part)),
          failed: (error) => answers.failed(message.request, error),
        })
        break
    }
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
