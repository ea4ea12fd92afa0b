import { type PolicyDocument, type PolicyDraft, type PublishedPolicy, rankingFailure } from '@eip/contracts'
import { type Decision, momentOf, type Occasion, publicationOf, type Standing } from './policy-change.ts'
import { isSameDocument, soundDocument } from './policy-document.ts'
import { openDraft, requireDraft, requireRevision, type StandingDraft } from './policy-draft.ts'

/** What a shop starts with, where nothing was ever published. */
export function decideFirst(standing: Standing, document: PolicyDocument, occasion: Occasion): Decision<null> {
  if (standing.current !== null) return { answer: null, change: null }
  const first = { document: soundDocument(document), note: 'what a shop starts with', rolledBackTo: null }
  return { answer: null, change: { published: publicationOf(null, first, occasion), draft: null } }
}

export type DraftRequest = Readonly<{ document: PolicyDocument; basedOn: number; revision: number }>

/**
 * Keeps the draft, if `revision` is the one that stands. What the same hand saved just so is kept already: who asks again
 * because an answer was lost is told so, not that somebody else was faster.
 */
export function decideSave(standing: Standing, request: DraftRequest, occasion: Occasion): Decision<PolicyDraft> {
  const { document, basedOn, revision } = request
  requirePublished(standing, basedOn)
  const open = openDraft(standing.draft)
  const isKept = open?.savedBy === occasion.by && open.basedOn === basedOn && isSameDocument(open.document, document)
  if (isKept) return { answer: open, change: null }
  requireRevision(standing.draft, revision)
  const draft: PolicyDraft = {
    ...{ document, basedOn },
    revision: standing.draft.revision + 1,
    savedBy: occasion.by,
    savedAt: momentOf(occasion),
  }
  return { answer: draft, change: { published: null, draft: { state: 'open', revision: draft.revision, draft } } }
}

function requirePublished({ current }: Standing, basedOn: number): void {
  if (basedOn <= (current?.version ?? 0)) return
  const message = `is no published version; the current one is ${current?.version ?? 0}`
  throw rankingFailure('ranking.bad-policy', `the draft cannot be kept: basedOn: ${message}`, {
    faults: [{ field: 'basedOn', message }],
  })
}

const ended = (state: 'published' | 'discarded', revision: number, occasion: Occasion): StandingDraft => ({
  ...{ state, revision },
  by: occasion.by,
  at: momentOf(occasion),
})

export function decideDiscard(standing: Standing, revision: number, occasion: Occasion): Decision<number> {
  requireDraft(standing.draft, revision)
  return { answer: revision, change: { published: null, draft: ended('discarded', revision, occasion) } }
}

/** The draft becomes the next version. One that says what is current already is no new version, and goes. */
export function decidePublish(
  standing: Standing,
  { revision, note }: Readonly<{ revision: number; note: string }>,
  occasion: Occasion,
): Decision<PublishedPolicy> {
  const { document } = requireDraft(standing.draft, revision)
  const { current } = standing
  const draft = ended('published', revision, occasion)
  if (current !== null && isSameDocument(current.document, document))
    return { answer: current, change: { published: null, draft } }
  const next = { document: soundDocument(document), note, rolledBackTo: null }
  const published = publicationOf(current, next, occasion)
  return { answer: published.policy, change: { published, draft } }
}

/** A new version with the document of `earlier`; none, where the current one says the same. */
export function decideRollBack(
  { current }: Standing,
  earlier: PublishedPolicy,
  note: string,
  occasion: Occasion,
): Decision<PublishedPolicy> {
  if (current !== null && isSameDocument(current.document, earlier.document)) return { answer: current, change: null }
  const next = { document: soundDocument(earlier.document), note, rolledBackTo: earlier.version }
  const published = publicationOf(current, next, occasion)
  return { answer: published.policy, change: { published, draft: null } }
}
