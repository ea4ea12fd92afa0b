import { type PolicyDraft, rankingFailure } from '@eip/contracts'

/** The one draft as it was left. An ended one keeps its revision: the next goes on from there, so that no number means two drafts. */
export type StandingDraft =
  | Readonly<{ state: 'open'; revision: number; draft: PolicyDraft }>
  | Readonly<{ state: 'published' | 'discarded'; revision: number; by: string; at: string }>

export type DraftState = Readonly<{ state: 'none'; revision: 0 }> | StandingDraft

export const openDraft = (standing: DraftState): PolicyDraft | null =>
  standing.state === 'open' ? standing.draft : null

/** The draft, if it is the one that was seen. Throws `ranking.no-draft` or `ranking.draft-changed`. */
export function requireDraft(standing: DraftState, revision: number): PolicyDraft {
  if (standing.state !== 'open') throw rankingFailure('ranking.no-draft', `there is no draft: ${endOf(standing)}`)
  requireRevision(standing, revision)
  return standing.draft
}

/** `revision`: of the draft that was seen, 0 where there was none. Throws `ranking.draft-changed`. */
export function requireRevision(standing: DraftState, revision: number): void {
  if (standing.state === 'open') {
    const { draft } = standing
    if (draft.revision === revision) return
    const seen = revision === 0 ? 'when you began there was none' : `you saw revision ${revision}`
    const message = `"${draft.savedBy}" saved the draft at ${draft.savedAt} (revision ${draft.revision}); ${seen}`
    throw rankingFailure('ranking.draft-changed', message, { draft })
  }
  if (revision === 0) return
  const message = `the draft that you saw (revision ${revision}) is gone: ${endOf(standing)}`
  throw rankingFailure('ranking.draft-changed', message, { draft: null })
}

const endOf = (standing: Exclude<DraftState, { state: 'open' }>): string =>
  standing.state === 'none'
    ? 'none was ever saved'
    : `"${standing.by}" ${standing.state} revision ${standing.revision} at ${standing.at}`
