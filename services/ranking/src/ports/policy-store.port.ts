import type { PublishedPolicy } from '@eip/contracts'
import type { Decision, Standing } from '../domain/policy-change.ts'

/** The published versions without their documents, newest first, beside what stands. */
export type PolicyOverview = Standing & Readonly<{ versions: readonly Omit<PublishedPolicy, 'document'>[] }>

/**
 * A shop's ranking policy: its published versions and the one draft.
 *  - `change` is one step: nobody changes anything between what `decide` saw and what it decided; when `decide` throws, nothing has
 *    changed, and the caller gets the same error. It answers with the decision's answer.
 *  - A new version, its event and the draft of one change are durable together, or none of them is.
 *  - A published version is never changed; one that is there already is refused.
 *  - `read` answers any version, null where there is none. `overview` is of one moment, with the newest `limit` versions.
 */
export interface PolicyStore {
  change<Answer>(decide: (standing: Standing) => Decision<Answer>): Promise<Answer>
  read(version: number): Promise<PublishedPolicy | null>
  overview(limit: number): Promise<PolicyOverview>
}
