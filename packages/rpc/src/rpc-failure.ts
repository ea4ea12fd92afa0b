import { Failure, type FailureKind, failures, isFailure } from '@eip/kernel'

export const rpcFailure = failures({
  'rpc.bad-input': { kind: 'invalid', cure: 'Mend the named field.' },
  'rpc.bad-output': { kind: 'internal', cure: 'This is a defect of the service; its log has the details.' },
  'rpc.internal': {
    kind: 'internal',
    cure: 'This is a defect of the service; its log has the details under this trace.',
  },
  'rpc.deadline': { kind: 'deadline', cure: 'Ask for less, or allow more time.' },
  'rpc.cancelled': { kind: 'deadline', cure: 'Nothing to mend: whoever asked has gone.' },
  'rpc.unavailable': {
    kind: 'unavailable',
    cure: 'Try again in a moment; if it stays, look at /ready of the service.',
  },
  'rpc.not-found': { kind: 'not-found', cure: 'Check the path; /services lists what is answered here.' },
  'rpc.bad-method': { kind: 'invalid', cure: 'Use one of the methods in the Allow header.' },
  'rpc.too-large': { kind: 'too-large', cure: 'Send less at once.' },
  'rpc.bad-contract': {
    kind: 'internal',
    cure: 'Give every operation an input and an output schema that JSON can carry.',
  },
})

/** The one table from kinds of failure to HTTP statuses. Every status stands for one kind, so that it reads both ways. */
export const httpStatusOf: Readonly<Record<FailureKind, number>> = Object.freeze({
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'too-large': 413,
  overloaded: 429,
  internal: 500,
  unavailable: 503,
  deadline: 504,
})

const kindOfStatus = new Map(Object.entries(httpStatusOf).map(([kind, status]) => [status, kind as FailureKind]))

/** What a failure looks like on the wire, to neighbours and to the public alike. Causes and stacks stay at home. */
export type FailureBody = Readonly<{
  error: Readonly<{ code: string; message: string; cure: string; details?: Readonly<Record<string, unknown>> }>
}>

export function failureBody({ code, message, cure, details }: Failure): FailureBody {
  const isBare = Object.keys(details).length === 0
  return { error: isBare ? { code, message, cure } : { code, message, cure, details } }
}

/** The failure that came over the wire, or null when status and body are not of this form. */
export function parseFailure(status: number, body: unknown): Failure | null {
  const kind = kindOfStatus.get(status)
  const error = (body as Partial<FailureBody> | null | undefined)?.error
  if (kind === undefined || typeof error !== 'object' || error === null) return null
  const { code, message, cure, details } = error
  if (typeof code !== 'string' || typeof message !== 'string' || typeof cure !== 'string') return null
  return new Failure(code, kind, message, cure, typeof details === 'object' && details !== null ? details : {})
}

/** For the last catch before the wire: an error that nobody declared keeps its words to itself. */
export const asFailure = (error: unknown): Failure =>
  isFailure(error) ? error : rpcFailure('rpc.internal', 'the request failed unexpectedly', {}, error)
