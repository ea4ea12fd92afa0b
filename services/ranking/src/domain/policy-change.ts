import { type Envelope, type PublishedPolicy, type PublishedPolicyEvent, policyPublished } from '@eip/contracts'
import { documentSchema, policyId } from './policy-document.ts'
import type { DraftState, StandingDraft } from './policy-draft.ts'

/** Of the policy: the version by which a shop ranks (null only before the first start), and the draft. */
export type Standing = Readonly<{ current: PublishedPolicy | null; draft: DraftState }>

/** A new version together with the event that tells of it. */
export type Publication = Readonly<{ policy: PublishedPolicy; event: Envelope<PublishedPolicyEvent> }>

/** What is written, and published with it; null: stays as it is. */
export type PolicyChange = Readonly<{ published: Publication | null; draft: StandingDraft | null }>

/** What is answered, and the change to make, if any. */
export type Decision<Answer> = Readonly<{ answer: Answer; change: PolicyChange | null }>

/** When and in whose name; `now` in milliseconds since the epoch. */
export type Occasion = Readonly<{ now: number; by: string; eventId: string; trace?: string | undefined }>

export const momentOf = ({ now }: Occasion): string => new Date(now).toISOString()

/** The next version after the current one. */
export function publicationOf(
  current: PublishedPolicy | null,
  { document, note, rolledBackTo }: Pick<PublishedPolicy, 'document' | 'note' | 'rolledBackTo'>,
  occasion: Occasion,
): Publication {
  const version = (current?.version ?? 0) + 1
  const who = { publishedBy: occasion.by, publishedAt: momentOf(occasion) }
  const event = {
    id: occasion.eventId,
    schema: policyPublished.schema,
    key: policyId,
    version,
    occurredAt: occasion.now,
    recordedAt: occasion.now,
    deleted: false,
    trace: occasion.trace,
    market: {},
    payload: { id: policyId, version, schema: documentSchema, ...document },
  }
  return { policy: { version, document, note, rolledBackTo, ...who }, event }
}
