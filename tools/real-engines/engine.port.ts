import type { Port } from './settings.ts'

export type Command = Readonly<{ program: string; arguments: readonly string[] }>

/** One process of an engine.
 *  - `prepare` may be called before every start; it never loses data.
 *  - `isReady` answers within seconds, and true only if clients are served.
 *  - `whenReady` may be called after every start. */
export type EngineNode = Readonly<{
  name: string
  number: number
  directory: string
  /** The account that it runs under where the tool itself is run by root. */
  account: string
  /** The first is the clients'. */
  ports: readonly [Port, ...Port[]]
  stopSignal: 'SIGTERM' | 'SIGINT'
  prepare(): Promise<Command>
  isReady(): Promise<boolean>
  whenReady?(): Promise<void>
}>

/** What can be installed, and run in one or more processes.
 *  - `install` does nothing where everything is there already.
 *  - `version` is null exactly as long as it is not installed.
 *  - `nodes` are as many as asked for; without a wish as many as there are on disk, at least one.
 *    An engine that is a mere tool has none. */
export type Engine = Readonly<{
  name: EngineName
  install(): Promise<void>
  version(): string | null
  nodes(count?: number): readonly EngineNode[]
}>

export const serverNames = ['kafka', 'opensearch', 'redis', 'postgres'] as const
export const engineNames = [...serverNames, 'promtool'] as const
export type EngineName = (typeof engineNames)[number]
