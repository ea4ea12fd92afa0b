import { Failure, type FailureKind } from './failure.ts'

/** Between threads an error keeps its message only, not its class: so a failure travels by its parts. */
export type SentFailure = Readonly<{
  code: string
  kind: FailureKind
  message: string
  cure: string
  details: Record<string, unknown>
}>

export const sendableFailure = ({ code, kind, message, cure, details }: Failure): SentFailure => ({
  ...{ code, kind, message, cure },
  details: { ...details },
})

export const receivedFailure = ({ code, kind, message, cure, details }: SentFailure): Failure =>
  new Failure(code, kind, message, cure, details)
