import { Failure, type FailureKind, isFailure } from '@eip/kernel'
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

/** Between threads an error keeps its message only, not its class: so a failure travels by its parts. */
export type SentFailure = Readonly<{
  code: string
  kind: FailureKind
  message: string
  cure: string
  details: Record<string, unknown>
}>

export function sentFailure(error: unknown): SentFailure {
  const known = isFailure(error)
    ? error
    : failure('text-encoder.failed', `encoding failed: ${error instanceof Error ? error.message : String(error)}`)
  return { code: known.code, kind: known.kind, message: known.message, cure: known.cure, details: { ...known.details } }
}

export const receivedFailure = ({ code, kind, message, cure, details }: SentFailure): Failure =>
  new Failure(code, kind, message, cure, details)
