import type { Envelope, SynonymRule } from '@eip/contracts'

/** A rule as it is stored; `rule` is null once it was deleted. The version only ever grows. */
export type StandingSynonym = Readonly<{ version: number; rule: SynonymRule | null }>

/** What is written and published together. */
export type SynonymChange = Readonly<{
  id: string
  version: number
  rule: SynonymRule | null
  event: Envelope<SynonymRule>
}>

/**
 * A shop's synonyms.
 *  - `change` is one step: nobody changes a rule between what `decide` saw and what it decided; when `decide` throws, nothing has changed.
 *  - A change and its event are durable together, or neither is.
 *  - A deleted rule keeps its version, and a rule of the same id goes on from there.
 *  - `list` is in order of the ids.
 */
export interface SynonymStore {
  change(
    id: string,
    decide: (standing: StandingSynonym | null, rules: readonly SynonymRule[]) => SynonymChange,
  ): Promise<void>
  list(): Promise<readonly SynonymRule[]>
}
