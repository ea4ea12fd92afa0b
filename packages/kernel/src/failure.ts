/** What went wrong, in the few kinds that a caller treats differently. `rpc` holds the one table to HTTP statuses. */
export type FailureKind =
  | 'invalid' // the caller's input; asking again the same way fails again
  | 'unauthenticated' // no valid sign-in
  | 'forbidden' // signed in, but the role does not allow it
  | 'not-found'
  | 'conflict' // the state has moved on; read again
  | 'too-large'
  | 'overloaded' // asked too much at once; later works
  | 'deadline' // the time budget ran out
  | 'unavailable' // a neighbour or a store does not answer
  | 'internal' // a defect of ours

export type FailureDeclaration = Readonly<{ kind: FailureKind; cure: string }>

/** A failure with a stable code (`<area>.<what>`, never reused), a sentence that names the field, and the cure. */
export class Failure extends Error {
  readonly code: string
  readonly kind: FailureKind
  readonly cure: string
  readonly details: Readonly<Record<string, unknown>>

  constructor(
    code: string,
    kind: FailureKind,
    message: string,
    cure: string,
    details: Record<string, unknown> = {},
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'Failure'
    this.code = code
    this.kind = kind
    this.cure = cure
    this.details = Object.freeze({ ...details })
  }
}

export const isFailure = (value: unknown): value is Failure => value instanceof Failure

/** A failure that says nothing about what was asked: what it takes is away, slow or has too much to do. Later works. */
export const isTemporary = (value: unknown): value is Failure =>
  isFailure(value) && (value.kind === 'unavailable' || value.kind === 'overloaded' || value.kind === 'deadline')

/**
 * Declares an area's failures once and answers with the function that makes them.
 *
 * ```ts
 * const failure = failures({ 'search.bad-filter': { kind: 'invalid', cure: 'Use one of the listed fields.' } })
 * throw failure('search.bad-filter', `filter "${name}" is unknown`, { valid })
 * ```
 */
export function failures<const Codes extends Record<string, FailureDeclaration>>(codes: Codes) {
  const make = (
    code: keyof Codes & string,
    message: string,
    details?: Record<string, unknown>,
    cause?: unknown,
  ): Failure => {
    const declared = codes[code] as FailureDeclaration
    return new Failure(code, declared.kind, message, declared.cure, details, cause)
  }
  return Object.assign(make, { codes: Object.freeze(codes) })
}
