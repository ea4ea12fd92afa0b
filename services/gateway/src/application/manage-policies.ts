import type { RankingContract } from '@eip/contracts'
import type { Client } from '@eip/rpc'
import { by, type GatewayHandlers } from './edge.ts'

type Operations = Pick<
  GatewayHandlers,
  | 'listPolicies'
  | 'policySchema'
  | 'getPolicy'
  | 'savePolicyDraft'
  | 'discardPolicyDraft'
  | 'publishPolicyDraft'
  | 'rollBackPolicy'
  | 'loadJudgments'
  | 'judgedQueries'
  | 'judge'
>

/** Ranking policies and judgments, in the name of who is signed in. */
export const managePolicies = (ranking: Client<RankingContract>): Operations =>
  Object.freeze({
    listPolicies: (_, call) => ranking.listPolicies({}, { call }),
    policySchema: (_, call) => ranking.schema({}, { call }),
    getPolicy: (input, call) => ranking.getPolicy(input, { call }),
    savePolicyDraft: (input, call) => ranking.saveDraft({ ...input, ...by(call) }, { call }),
    discardPolicyDraft: (input, call) => ranking.discardDraft({ ...input, ...by(call) }, { call }),
    publishPolicyDraft: (input, call) => ranking.publishDraft({ ...input, ...by(call) }, { call }),
    rollBackPolicy: (input, call) => ranking.rollBackPolicy({ ...input, ...by(call) }, { call }),
    loadJudgments: (input, call) => ranking.loadJudgments({ ...input, ...by(call) }, { call }),
    judgedQueries: (input, call) => ranking.judgedQueries(input, { call }),
    judge: (input, call) => ranking.judge(input, { call }),
  } satisfies Operations)
