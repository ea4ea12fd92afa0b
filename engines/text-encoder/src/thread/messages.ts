import { isFailure, type SentFailure, sendableFailure } from '@eip/kernel'
import { failure } from '../failures.ts'
import type { EncoderDescription, EncoderText } from '../text-encoder.ts'

export type ThreadStart = Readonly<{ directory: string }>

/** Each request is answered once, by `done` or `failed` with its number, in whatever order. */
export type ToThread =
  | Readonly<{ kind: 'products'; request: number; texts: readonly EncoderText[] }>
  | Readonly<{ kind: 'queries'; request: number; texts: readonly string[] }>
  /** Last of all: what was asked before is answered, then the thread lets go of everything and ends by itself. */
  | Readonly<{ kind: 'close' }>

export type FromThread =
  | Readonly<{ kind: 'opened'; description: EncoderDescription }>
  | Readonly<{ kind: 'refused'; failure: SentFailure }>
  | Readonly<{ kind: 'done'; request: number; vectors: Float32Array }>
  | Readonly<{ kind: 'failed'; request: number; failure: SentFailure }>

/** What goes wrong without a code of its own is told as `text-encoder.failed`. */
export const sentFailure = (error: unknown): SentFailure =>
  sendableFailure(
    isFailure(error)
      ? error
      : failure('text-encoder.failed', `encoding failed: ${error instanceof Error ? error.message : String(error)}`),
  )
