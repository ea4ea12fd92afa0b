import type { MessagePort } from 'node:worker_threads'
import type { Positions } from '@eip/contracts'
import { Failure, type FailureKind, isFailure } from '@eip/kernel'
import type { ColumnChange } from '../product-index-writer.port.ts'

export type WorkerOptions = Readonly<{
  /** Where snapshots lie; null: nowhere, the view ends with the process. */
  directory: string | null
  saveAfterChanges: number
  saveAfterSeconds: number
  /** Takes publications, apart from the answers: the reader drains it without waiting. */
  publications: MessagePort
}>

/** Requests are answered in order, by `done` or `failed` with their number. */
export type ToWorker =
  /** A part of the changes of the `apply` that follows: an array of ProductChange as JSON, which is cheaper to send than objects. */
  | Readonly<{ kind: 'changes'; json: string }>
  | Readonly<{ kind: 'apply'; request: number; positions: Positions }>
  | Readonly<{ kind: 'columns'; request: number; changes: readonly ColumnChange[] }>
  | Readonly<{ kind: 'save'; request: number }>
  /** Last of all: the thread lets go of everything and ends by itself. */
  | Readonly<{ kind: 'close' }>

export type LogLine = Readonly<{ level: 'info' | 'warn' | 'error'; fields: Record<string, unknown>; message: string }>

export type FromWorker =
  | Readonly<{ kind: 'opened'; positions: Positions | null }>
  | Readonly<{ kind: 'refused'; failure: SentFailure }>
  | Readonly<{ kind: 'done'; request: number }>
  | Readonly<{ kind: 'failed'; request: number; failure: SentFailure }>
  | (Readonly<{ kind: 'log' }> & LogLine)

/** Between threads an error keeps its message only, not its class: so a failure travels by its parts. */
export type SentFailure = Readonly<{
  code: string
  kind: FailureKind
  message: string
  cure: string
  details: Record<string, unknown>
}>

export const sentFailure = (error: unknown): SentFailure =>
  isFailure(error)
    ? { code: error.code, kind: error.kind, message: error.message, cure: error.cure, details: { ...error.details } }
    : {
        code: 'product-index.writer-failed',
        kind: 'internal',
        message: `the index writer failed: ${error instanceof Error ? error.message : String(error)}`,
        cure: 'See the log; what was not applied comes again from the events.',
        details: error instanceof Error ? { stack: error.stack } : {},
      }

export const receivedFailure = ({ code, kind, message, cure, details }: SentFailure): Failure =>
  new Failure(code, kind, message, cure, details)
