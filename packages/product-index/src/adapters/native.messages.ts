import type { MessagePort } from 'node:worker_threads'
import type { Positions } from '@eip/contracts'
import type { CatalogueVocabulary } from '@eip/engine-query-understanding'
import type { VectorPublication } from '@eip/engine-vector-index'
import { isFailure, type SentFailure, sendableFailure } from '@eip/kernel'
import type { EncoderChange } from '../product-index-writer.port.ts'
import type { SentPublication } from './native.publication-parts.ts'

export type WorkerOptions = Readonly<{
  /** Where snapshots lie; null: nowhere, the view ends with the process. */
  directory: string | null
  saveAfterChanges: number
  saveAfterSeconds: number
  /** Takes publications, apart from the answers: the reader drains it without waiting. */
  publications: MessagePort
}>

/** ProductChange, VectorChange, OwnedChange. */
export type ChangesOf = 'products' | 'vectors' | 'columns'

/** Requests are answered by `done` or `failed` with their number. */
export type ToWorker =
  /** A part of the changes of the `apply` that follows: an array of them as JSON, which is cheaper to send than objects. */
  | Readonly<{ kind: 'changes'; of: ChangesOf; json: string }>
  | Readonly<{ kind: 'apply'; request: number; positions: Positions }>
  | Readonly<{ kind: 'encoders'; request: number; changes: readonly EncoderChange[]; positions: Positions }>
  /** The answer is a HeldVersionsPage as JSON. */
  | Readonly<{ kind: 'held'; request: number; asked: HeldAsked }>
  | Readonly<{ kind: 'save'; request: number }>
  /** Part 0 makes the vocabulary anew; the others are read off it. The answer is a VocabularyPart as JSON. */
  | Readonly<{ kind: 'vocabulary'; request: number; part: number }>
  /** Last of all: the thread lets go of everything and ends by itself. */
  | Readonly<{ kind: 'close' }>

/** These ids, or those from the `first`-th on. */
export type HeldAsked = Readonly<{ ids: readonly string[] } | { first: number; limit: number }>

/** A vocabulary comes piece by piece: taking it in at once would hold the serving thread up. */
export type VocabularyPart = Readonly<{ part: Partial<CatalogueVocabulary>; isLast: boolean }>

export type LogLine = Readonly<{ level: 'info' | 'warn' | 'error'; fields: Record<string, unknown>; message: string }>

export type FromWorker =
  | Readonly<{ kind: 'opened'; positions: Positions | null }>
  | Readonly<{ kind: 'refused'; failure: SentFailure }>
  | Readonly<{ kind: 'done'; request: number; answer?: string }>
  | Readonly<{ kind: 'failed'; request: number; failure: SentFailure }>
  | (Readonly<{ kind: 'log' }> & LogLine)

/** The vectors of one encoder as of a commit. */
export type PublishedVectors = Readonly<{ encoder: string; publication: VectorPublication; bytes: number }>

/**
 * What a commit changed: whatever is null is as the message before has it. Of several messages the last text and the last
 * vectors together are the view as of the last of them.
 */
export type ViewPublication = Readonly<{
  epoch: number
  /** One Int32: the epoch of the newest message, stored after it was posted. */
  clock: SharedArrayBuffer
  text: SentPublication | null
  vectors: readonly PublishedVectors[] | null
}>

/** What goes wrong without a code of its own is told as `product-index.writer-failed`. */
export const sentFailure = (error: unknown): SentFailure =>
  isFailure(error)
    ? sendableFailure(error)
    : {
        code: 'product-index.writer-failed',
        kind: 'internal',
        message: `the index writer failed: ${error instanceof Error ? error.message : String(error)}`,
        cure: 'See the log; what was not applied comes again from the events.',
        details: error instanceof Error ? { stack: error.stack } : {},
      }
