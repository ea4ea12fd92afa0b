/** A change that is about to be made. */
export type Change = Readonly<{
  /** Resolves when it was accepted. */
  make(): Promise<unknown>
  /** Whether a search shows it. */
  isShown(): Promise<boolean>
}>

/** One kind of change: how it is made, and how a search shows it. */
export type ChangeKind = Readonly<{
  /** Brings about what has to be so before anything is measured. */
  prepare(): Promise<void>
  next(place: number): Promise<Change>
  /** Makes a call's worth of changes of the stream, the ones after `sent`; resolves with how many were accepted. */
  stream(sent: number): Promise<number>
  /** Changes in one such call: few, and often. */
  batchSize: number
}>
