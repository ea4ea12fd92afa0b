import { type SynonymRule, synonymChanged } from '@eip/contracts'
import type { Delivery, EventBus } from '@eip/event-bus'
import type { CatalogueKnowledge } from './catalogue-knowledge.ts'
import { followTopics } from './follow-topics.ts'

export const synonymTopics = Object.freeze([synonymChanged])

export type SynonymFollowing = Readonly<{
  start(): Promise<void>
  missing(): string | null
  stop(): Promise<void>
}>

type Needs = Readonly<{ bus: EventBus; knowledge: Pick<CatalogueKnowledge, 'setSynonyms'> }>

/** Every process that searches hears of every rule: what was saved anywhere holds everywhere, at once. */
export function followSynonyms({ bus, knowledge }: Needs): SynonymFollowing {
  const rules = new Map<string, Readonly<{ version: number; rule: SynonymRule | null }>>()
  const handle = async (deliveries: readonly Delivery[]) => {
    for (const { event } of deliveries) {
      if (event.version <= (rules.get(event.key)?.version ?? -1)) continue
      rules.set(event.key, { version: event.version, rule: event.payload as SynonymRule | null })
    }
    const standing = [...rules].flatMap(([, { rule }]) => (rule === null ? [] : [rule]))
    knowledge.setSynonyms(standing.sort((a, b) => (a.id < b.id ? -1 : 1)))
  }
  const following = followTopics(bus, synonymTopics, handle)
  return Object.freeze({
    start: following.start,
    missing: () => (following.hasCaughtUp() ? null : 'the synonyms are not all known yet'),
    stop: following.stop,
  })
}
