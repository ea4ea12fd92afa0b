import { failures } from '@eip/kernel'
import { oc } from '@orpc/contract'
import { z } from 'zod'
import type { Topic } from './event.ts'

export const rankingFailure = failures({
  'ranking.bad-policy': { kind: 'invalid', cure: 'Mend the named fields; GET /api/v1/policies/schema describes them.' },
  'ranking.no-such-policy': { kind: 'not-found', cure: 'List the versions at GET /api/v1/policies.' },
  'ranking.no-draft': { kind: 'not-found', cure: 'Save a draft before you publish one.' },
  'ranking.draft-changed': {
    kind: 'conflict',
    cure: 'Compare with the draft in the details, then save again with its revision.',
  },
  'ranking.bad-judgments': { kind: 'invalid', cure: 'Give rows of query, product id and a grade of 0 or more.' },
})

/** Weights by feature, the parameters of each feature, and what is done with what cannot be delivered; `ranking.schema` describes them. */
export const policyDocumentSchema = z.object({
  weights: z.record(z.string(), z.number()),
  features: z.record(z.string(), z.record(z.string(), z.number())),
  /** Absent in documents from before there were guards: such a one shows everything in its place, as it did. */
  guards: z.record(z.string(), z.string()).optional(),
})
export type PolicyDocument = Readonly<z.infer<typeof policyDocumentSchema>>

const note = z.string().trim().max(500)
const by = z.string().min(1).max(200)

/** A published policy is never changed: a change is a new version. */
const publishedPolicySchema = z.object({
  version: z.int().min(1),
  document: policyDocumentSchema,
  note: z.string(),
  publishedBy: z.string(),
  publishedAt: z.iso.datetime(),
  /** The version whose document it brought back; null where it is new. */
  rolledBackTo: z.int().nullable(),
})
export type PublishedPolicy = Readonly<z.infer<typeof publishedPolicySchema>>

/** The one draft that all work on. `revision` grows by every save; who saves names the one that was seen. */
const policyDraftSchema = z.object({
  revision: z.int().min(1),
  document: policyDocumentSchema,
  /** The published version that it began with. */
  basedOn: z.int().min(1),
  savedBy: z.string(),
  savedAt: z.iso.datetime(),
})
export type PolicyDraft = Readonly<z.infer<typeof policyDraftSchema>>

export const policyListSchema = z.object({
  current: publishedPolicySchema,
  /** Newest first, without documents; at most 200. */
  versions: z.array(publishedPolicySchema.omit({ document: true })),
  draft: policyDraftSchema.nullable(),
})

/** What search ranks by from now on. Key: `default`. */
const policyPublishedSchema = z.object({
  id: z.string(),
  version: z.int().min(1),
  /** Of the document's shape. */
  schema: z.int(),
  ...policyDocumentSchema.shape,
})
export type PublishedPolicyEvent = Readonly<z.infer<typeof policyPublishedSchema>>

export const policyPublished: Topic<PublishedPolicyEvent> = Object.freeze({
  name: 'ranking.policy-published',
  kind: 'state',
  schema: 'ranking.policy-published/1',
  payload: z.looseObject(policyPublishedSchema.shape) as unknown as z.ZodType<PublishedPolicyEvent>,
})

export const judgmentSchema = z.object({
  query: z.string().trim().min(1).max(1_000),
  productId: z.string().min(1).max(128),
  grade: z.number().min(0).max(10),
})

export const rankingContract = {
  listPolicies: oc.input(z.object({})).output(policyListSchema),
  /** Fails with `ranking.no-such-policy`. */
  getPolicy: oc.input(z.object({ version: z.int().min(1) })).output(publishedPolicySchema),
  /** JSON Schema of a policy's document, with a title and a description of every field. */
  schema: oc.input(z.object({})).output(z.object({ schema: z.record(z.string(), z.unknown()) })),
  /**
   * Keeps the draft. `revision`: of the draft that was seen; 0 where there was none. Fails with `ranking.bad-policy`, naming
   * every faulty field, or with `ranking.draft-changed`, whose details hold the `draft` that somebody else saved meanwhile.
   */
  saveDraft: oc
    .input(z.object({ document: policyDocumentSchema, basedOn: z.int().min(1), revision: z.int().min(0), by }))
    .output(policyDraftSchema),
  /** Fails with `ranking.no-draft` or `ranking.draft-changed`. */
  discardDraft: oc.input(z.object({ revision: z.int().min(1), by })).output(z.object({ revision: z.int() })),
  /** The draft becomes the next version; search follows. Fails with `ranking.no-draft` or `ranking.draft-changed`. */
  publishDraft: oc.input(z.object({ revision: z.int().min(1), note, by })).output(publishedPolicySchema),
  /** A new version with the document of an earlier one. The draft stays. Fails with `ranking.no-such-policy`. */
  rollBackPolicy: oc.input(z.object({ version: z.int().min(1), note, by })).output(publishedPolicySchema),
  /** Replaces all judgments. Fails with `ranking.bad-judgments`. */
  loadJudgments: oc
    .input(z.object({ judgments: z.array(judgmentSchema).max(100_000), by }))
    .output(z.object({ queries: z.int(), judgments: z.int() })),
  /** Judged queries, by text; at most 1,000. */
  judgedQueries: oc
    .input(z.object({ prefix: z.string().max(1_000).default('') }))
    .output(z.object({ queries: z.array(z.object({ query: z.string(), judgments: z.int() })), total: z.int() })),
  /**
   * Grades of a list of products, and its nDCG@10 (gain 2^grade − 1, ideal over all judged of the query, unjudged = 0);
   * null where the query has no grade above 0.
   */
  judge: oc
    .input(z.object({ query: z.string().min(1).max(1_000), ids: z.array(z.string().min(1).max(128)).max(100) }))
    .output(
      z.object({ grades: z.record(z.string(), z.number()), 'ndcg@10': z.number().nullable(), judgments: z.int() }),
    ),
}

export type RankingContract = typeof rankingContract
