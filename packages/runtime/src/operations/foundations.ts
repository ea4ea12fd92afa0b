import type { EnginePart } from '@eip/contracts'

/** One thing that a process stands on: inside it, or a server. */
export type Engine = Readonly<{
  part: EnginePart
  /** Its technology, as `kafka`. */
  engine: string
  isEmbedded: boolean
  /** Asks it for its version; null where it tells none. Rejects while it does not answer. */
  look(): Promise<string | null>
}>

/** The connections to one service's database. */
export type Pool = Readonly<{
  /** The service's name. */
  schema: string
  connections(): Readonly<{ limit: number; idle: number; inUse: number; waiting: number }>
}>

/** What a process stands on: as much of it as is open by now, since things are opened when they are first needed. */
export type Foundations = Readonly<{ engines(): readonly Engine[]; pools(): readonly Pool[] }>
