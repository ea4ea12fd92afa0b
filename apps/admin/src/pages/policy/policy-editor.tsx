import { useMessages } from '@eip/theme'
import { useBlocker } from '@tanstack/react-router'
import { useState } from 'react'
import { useConfirm } from '../../parts/confirm.tsx'
import { ChangesTable } from './changes-table.tsx'
import { ConflictDialog } from './conflict-dialog.tsx'
import { NoteDialog } from './note-dialog.tsx'
import { PolicyBar } from './policy-bar.tsx'
import { changes } from './policy-document.ts'
import { PolicyForm, type PolicyFormProps } from './policy-form.tsx'
import { policyMessages } from './policy-messages.ts'
import { useDraftActions } from './use-draft-actions.ts'
import { type Policies, usePolicyEdit } from './use-policy-edit.ts'

type PolicyEditorProps = Readonly<{ policies: Policies }> & Pick<PolicyFormProps, 'fields' | 'titleOf' | 'canChange'>

/** The policy as a form, beside what it does to a query; saved as the draft that all work on, and published from it. */
export function PolicyEditor({ policies, ...form }: PolicyEditorProps) {
  const { current, draft } = policies
  const t = useMessages(policyMessages)
  const confirm = useConfirm()
  const edit = usePolicyEdit(policies)
  const { conflict, endConflict, save, saveThen, discard, publish } = useDraftActions(edit)
  const [isPublishing, setPublishing] = useState(false)
  const close = () => setPublishing(false)
  useBlocker({ shouldBlockFn: () => false, enableBeforeUnload: () => edit.isUnsaved })
  const askToDiscard = () =>
    confirm({
      ...{ title: t('discardTitle'), body: t('discardBody'), action: t('discard') },
      onConfirm: () => {
        edit.forget()
        if (draft) discard.mutate(draft.revision)
      },
    })
  return (
    <>
      <PolicyBar
        {...{ current, draft, canChange: form.canChange, isUnsaved: edit.isUnsaved, isChanged: edit.isChanged }}
        isSaving={save.isPending}
        onUndo={edit.forget}
        onDiscard={askToDiscard}
        onSave={() => saveThen(() => {})}
        onPublish={() => saveThen(() => setPublishing(true))}
      />
      <PolicyForm current={current} edit={edit} {...form} />
      {isPublishing && draft && (
        <NoteDialog
          {...{ title: t('publishTitle'), body: t('publishBody'), isBusy: publish.isPending, onClose: close }}
          action={t('publishNow', { version: current.version + 1 })}
          onConfirm={(note) => publish.mutate({ revision: draft.revision, note }, { onSettled: close })}
        >
          <ChangesTable
            changes={changes(current.document, draft.document)}
            before={t('before')}
            after={t('after')}
            titleOf={form.titleOf}
          />
        </NoteDialog>
      )}
      {conflict && (
        <ConflictDialog
          {...{ base: edit.base, theirs: conflict.theirs, published: current.document, mine: edit.document }}
          titleOf={form.titleOf}
          onClose={endConflict}
          onChoose={(document) => {
            edit.rebase(document, conflict.theirs)
            endConflict()
          }}
        />
      )}
    </>
  )
}
