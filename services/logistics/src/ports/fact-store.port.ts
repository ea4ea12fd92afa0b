import type { Envelope, Topic } from '@eip/contracts'

/** What is kept, by what it is of; keys are chosen by whoever keeps it. */
export const factKinds = [
  ...(['order', 'stock', 'product', 'coverage', 'region', 'place'] as const),
  ...(['sum', 'demand', 'score', 'note'] as const),
] as const
export type FactKind = (typeof factKinds)[number]

export type Fact<Content> = Readonly<{ key: string; version: number; content: Content }>

/** Reads facts. */
export interface FactReads {
  /** Those of `keys` that there are, by key. */
  get<Content>(kind: FactKind, keys: readonly string[]): Promise<ReadonlyMap<string, Fact<Content>>>
  /** The next `limit` by key (code points) after `after`, whose keys begin with `prefix`. */
  page<Content>(kind: FactKind, after: string | null, limit: number, prefix?: string): Promise<readonly Fact<Content>[]>
  count(kind: FactKind): Promise<number>
}

/** One change of facts; `publish` tells of it. */
export interface FactWrites extends FactReads {
  put(kind: FactKind, facts: readonly Fact<unknown>[]): Promise<void>
  publish(topic: Topic, events: readonly Envelope[]): Promise<void>
}

/**
 * What logistics has learned.
 *  - `change` is all or nothing, facts and events; when it resolves, both are durable. When `work` throws, nothing of it stays.
 *  - Changes follow each other, in all processes: none decides by what another is about to change.
 *  - A fact comes back as it was put; numbers to the last bit.
 *  - `put` replaces the fact of that kind and key.
 */
export interface FactStore extends FactReads {
  change<T>(work: (facts: FactWrites) => Promise<T>): Promise<T>
}
