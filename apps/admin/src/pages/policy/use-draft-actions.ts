import type { PolicyDraft } from '@eip/contracts'
import { ClientFailure, useMessages } from '@eip/theme'
import { useState } from 'react'
import { api, useApiMutation } from '../../api.ts'
import { policyMessages } from './policy-messages.ts'
import type { PolicyEdit } from './use-policy-edit.ts'

const isDraftChanged = (error: unknown): error is ClientFailure =>
  error instanceof ClientFailure && error.code === 'ranking.draft-changed'

/** What can be done with the draft that all work on. Where somebody else changed it meanwhile, `conflict` says so and nothing is done. */
export function useDraftActions(edit: PolicyEdit) {
  const t = useMessages(policyMessages)
  // Their draft, where it was saved meanwhile; null: it is gone.
  const [conflict, setConflict] = useState<{ theirs: PolicyDraft | null } | null>(null)
  const meet = (error: unknown): boolean => {
    if (!isDraftChanged(error)) return false
    setConflict({ theirs: (error.details.draft as PolicyDraft | null | undefined) ?? null })
    return true
  }
  const saving = { changes: ['policies', 'audit'], failed: meet } as const
  const { basedOn, revision } = edit
  const { weights, features, guards } = edit.document
  const save = useApiMutation(
    () =>
      api.savePolicyDraft({
        document: { weights: { ...weights }, features: { ...features }, ...(guards && { guards: { ...guards } }) },
        ...{ basedOn, revision },
      }),
    { ...saving, said: () => t('saved') },
  )
  const discard = useApiMutation((revision: number) => api.discardPolicyDraft({ revision }), {
    ...saving,
    said: () => t('discarded'),
  })
  const publish = useApiMutation((input: { revision: number; note: string }) => api.publishPolicyDraft(input), {
    ...saving,
    changes: ['policies', 'preview', 'audit'],
    said: ({ version }) => t('publishedSaid', { version }),
  })
  /** Saves what is not saved yet, and goes on when it is. */
  const saveThen = (then: () => void) => {
    if (!edit.isUnsaved) return then()
    save.mutate(undefined, {
      onSuccess: () => {
        edit.forget()
        then()
      },
    })
  }
  return { conflict, endConflict: () => setConflict(null), save, saveThen, discard, publish }
}
