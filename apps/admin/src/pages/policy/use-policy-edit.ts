import type { PolicyDocument, PolicyDraft, PublishedPolicy } from '@eip/contracts'
import { useState } from 'react'
import { type KeptEdit, keepEdit, keptEdit } from './kept-edit.ts'
import { changes } from './policy-document.ts'

export type Policies = Readonly<{ current: PublishedPolicy; draft: PolicyDraft | null }>

export type PolicyEdit = ReturnType<typeof usePolicyEdit>

/** What is being edited: my unsaved change, else the draft, else what is published. */
export function usePolicyEdit({ current, draft }: Policies) {
  const [edit, setEdit] = useState<KeptEdit | null>(keptEdit)
  const saved = draft?.document ?? current.document
  const document = edit?.document ?? saved
  const become = (next: KeptEdit | null) => {
    keepEdit(next)
    setEdit(next)
  }
  return {
    document,
    /** What my change began with. */
    base: edit?.base ?? saved,
    revision: edit?.revision ?? draft?.revision ?? 0,
    basedOn: edit?.basedOn ?? draft?.basedOn ?? current.version,
    isUnsaved: edit !== null,
    isChanged: changes(current.document, document).length > 0,
    change(next: PolicyDocument) {
      const begun = edit ?? { base: saved, basedOn: draft?.basedOn ?? current.version, revision: draft?.revision ?? 0 }
      become({ ...begun, document: next })
    },
    /** Goes on from what somebody else saved: nothing is saved before one says so. */
    rebase(next: PolicyDocument, onto: PolicyDraft | null) {
      become({
        document: next,
        base: onto?.document ?? current.document,
        basedOn: onto?.basedOn ?? current.version,
        revision: onto?.revision ?? 0,
      })
    },
    forget: () => become(null),
  }
}
