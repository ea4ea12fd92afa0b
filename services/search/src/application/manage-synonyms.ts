import { type SearchContract, type SynonymRule, searchFailure, synonymChanged } from '@eip/contracts'
import { checkSynonyms } from '@eip/engine-query-understanding'
import { type Clock, newId } from '@eip/kernel'
import type { Call, Handlers } from '@eip/rpc'
import type { StandingSynonym, SynonymChange, SynonymStore } from '../ports/synonym-store.port.ts'

type Needs = Readonly<{ synonyms: SynonymStore; clock: Clock }>
type Management = Pick<Handlers<SearchContract>, 'listSynonyms' | 'saveSynonym' | 'deleteSynonym'>

/** Refuses a set of rules that would loop, or mean nothing. */
function requireSound(rules: readonly SynonymRule[]): void {
  const [first, ...others] = checkSynonyms(rules)
  if (first === undefined) return
  const more = others.length === 0 ? '' : `; and ${others.length} more`
  const faults = [first, ...others].map(({ code, rules: ids, message, cure }) => ({ code, rules: ids, message, cure }))
  throw searchFailure('search.bad-synonym', `${first.message}. ${first.cure}${more}`, { faults })
}

/** A rule is checked together with all others, so that no two save halves of a loop at once. */
export function manageSynonyms({ synonyms, clock }: Needs): Management {
  const changeTo = (
    id: string,
    rule: SynonymRule | null,
    standing: StandingSynonym | null,
    trace: string,
  ): SynonymChange => {
    const version = (standing?.version ?? 0) + 1
    const now = clock.now()
    const when = { occurredAt: now, recordedAt: now, trace, market: {} }
    const what = {
      id: newId(now),
      schema: synonymChanged.schema,
      key: id,
      version,
      deleted: rule === null,
      payload: rule,
    }
    return { id, version, rule, event: { ...what, ...when } }
  }
  return {
    listSynonyms: async () => ({ rules: (await synonyms.list()).map(copyOf) }),
    async saveSynonym(rule, call: Call) {
      await synonyms.change(rule.id, (standing, rules) => {
        requireSound([...rules.filter(({ id }) => id !== rule.id), rule])
        return changeTo(rule.id, rule, standing, call.trace.traceId)
      })
      return rule
    },
    async deleteSynonym({ id }, call: Call) {
      await synonyms.change(id, (standing) => {
        if (standing?.rule == null)
          throw searchFailure('search.no-such-synonym', `there is no rule "${id.slice(0, 100)}"`)
        return changeTo(id, null, standing, call.trace.traceId)
      })
      return { id }
    },
  }
}

const copyOf = (rule: SynonymRule): SynonymRule => ({ ...rule, from: [...rule.from], to: [...rule.to] })
