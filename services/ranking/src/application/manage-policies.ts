import { type PublishedPolicy, type RankingContract, rankingFailure } from '@eip/contracts'
import { defaultPolicy, policyDocumentJsonSchema } from '@eip/engine-ranking'
import type { Clock } from '@eip/kernel'
import type { Handlers } from '@eip/rpc'
import { decideDiscard, decideFirst, decidePublish, decideRollBack, decideSave } from '../domain/decide-policy.ts'
import { soundDocument } from '../domain/policy-document.ts'
import { openDraft } from '../domain/policy-draft.ts'
import type { PolicyStore } from '../ports/policy-store.port.ts'
import { occasionOf } from './occasion.ts'

export type PolicyNeeds = Readonly<{ policies: PolicyStore; clock: Clock }>

type Management = Omit<Handlers<RankingContract>, 'loadJudgments' | 'judgedQueries' | 'judge'>

/** Of the many versions that a shop may have, the ones that an overview tells. */
const mostVersions = 200

/** Publishes what a shop starts with, once in its life. */
export async function publishFirst({ policies, clock }: PolicyNeeds): Promise<void> {
  const occasion = occasionOf(clock, 'eip')
  await policies.change((standing) => decideFirst(standing, defaultPolicy, occasion))
}

export function managePolicies({ policies, clock }: PolicyNeeds): Management {
  const requireVersion = async (version: number): Promise<PublishedPolicy> => {
    const policy = await policies.read(version)
    if (policy !== null) return policy
    throw rankingFailure('ranking.no-such-policy', `no version ${version} of the policy was ever published`)
  }
  return Object.freeze({
    async listPolicies() {
      const { current, draft, versions } = await policies.overview(mostVersions)
      if (current === null) throw rankingFailure('ranking.no-such-policy', 'no policy is published yet')
      return { current, versions: [...versions], draft: openDraft(draft) }
    },
    getPolicy: ({ version }) => requireVersion(version),
    schema: async () => ({ schema: policyDocumentJsonSchema() }),
    async saveDraft({ document: given, basedOn, revision, by }, call) {
      const document = soundDocument(given)
      const occasion = occasionOf(clock, by, call)
      return policies.change((standing) => decideSave(standing, { document, basedOn, revision }, occasion))
    },
    async discardDraft({ revision, by }, call) {
      const occasion = occasionOf(clock, by, call)
      return { revision: await policies.change((standing) => decideDiscard(standing, revision, occasion)) }
    },
    async publishDraft({ by, ...request }, call) {
      const occasion = occasionOf(clock, by, call)
      return policies.change((standing) => decidePublish(standing, request, occasion))
    },
    async rollBackPolicy({ version, note, by }, call) {
      const earlier = await requireVersion(version)
      const occasion = occasionOf(clock, by, call)
      return policies.change((standing) => decideRollBack(standing, earlier, note, occasion))
    },
  } satisfies Management)
}
