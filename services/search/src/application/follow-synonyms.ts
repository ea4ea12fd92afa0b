import { type SynonymRule, synonymChanged } from '@eip/contracts'
import type { Delivery, EventBus, Following } from '@eip/event-bus'
import type { CatalogueKnowledge } from './catalogue-knowledge.ts'

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
  let following: Following | null = null
  let hasCaughtUp = false
  const handle = async (deliveries: readonly Delivery[]) => {
    for (const { event } of deliveries) {
      if (event.version <= (rules.get(event.key)?.version ?? -1)) continue
      rules.set(event.key, { version: event.version, rule: event.payload as SynonymRule | null })
    }
    const standing = [...rules].flatMap(([, { rule }]) => (rule === null ? [] : [rule]))
    knowledge.setSynonyms(standing.sort((a, b) => (a.id < b.id ? -1 : 1)))
  }
  return Object.freeze({
    async start() {
      following = await bus.follow({ topics: synonymTopics, handle })
      following.caughtUp.then(
        () => {
          hasCaughtUp = true
        },
        () => {}, // It was stopped before.
      )
    },
    missing: () => (hasCaughtUp ? null : 'the synonyms are not all known yet'),
    stop: async () => following?.close(),
  })
}
