import type { PolicyDraft, PublishedPolicy } from '@eip/contracts'
import { ClientFailure, useMessages } from '@eip/theme'
import { Stack, Text } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'
import { useState } from 'react'
import { api, useApiMutation } from '../../api.ts'
import { useConfirm } from '../../parts/confirm.tsx'
import { Panel } from '../../parts/panel.tsx'
import { ChangesTable } from './changes-table.tsx'
import { ConflictDialog } from './conflict-dialog.tsx'
import { FieldEditor } from './field-editor.tsx'
import { NoteDialog } from './note-dialog.tsx'
import classes from './policy.module.css'
import { PolicyBar } from './policy-bar.tsx'
import { changes, flat, withValue } from './policy-document.ts'
import type { PolicyField, PolicyFields } from './policy-fields.ts'
import { policyMessages } from './policy-messages.ts'
import { PreviewPanel } from './preview-panel.tsx'
import { usePolicyEdit } from './use-policy-edit.ts'

type PolicyEditorProps = Readonly<{
  policies: Readonly<{ current: PublishedPolicy; draft: PolicyDraft | null }>
  fields: PolicyFields
  titleOf: (path: string) => string
  canChange: boolean
}>

const isDraftChanged = (error: unknown): error is ClientFailure =>
  error instanceof ClientFailure && error.code === 'ranking.draft-changed'

/** The policy as a form, beside what it does to a query; saved as the draft that all work on, and published from it. */
export function PolicyEditor({ policies, fields, titleOf, canChange }: PolicyEditorProps) {
  const { current, draft } = policies
  const t = useMessages(policyMessages)
  const confirm = useConfirm()
  const edit = usePolicyEdit(policies)
  // Their draft, where it was saved meanwhile; null: it is gone.
  const [conflict, setConflict] = useState<{ theirs: PolicyDraft | null } | null>(null)
  const [isPublishing, setPublishing] = useState(false)
  useBlocker({ shouldBlockFn: () => false, enableBeforeUnload: () => edit.isUnsaved })
  const meet = (error: unknown): boolean => {
    if (!isDraftChanged(error)) return false
    setConflict({ theirs: (error.details.draft as PolicyDraft | null | undefined) ?? null })
    return true
  }
  const saving = { changes: ['policies', 'audit'], failed: meet } as const
  const save = useApiMutation(
    () =>
      api.savePolicyDraft({
        document: { weights: { ...edit.document.weights }, features: { ...edit.document.features } },
        basedOn: edit.basedOn,
        revision: edit.revision,
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
  const saveThen = (then: () => void) => {
    if (!edit.isUnsaved) return then()
    save.mutate(undefined, {
      onSuccess: () => {
        edit.forget()
        then()
      },
    })
  }
  const askToDiscard = () =>
    confirm({
      ...{ title: t('discardTitle'), body: t('discardBody'), action: t('discard') },
      onConfirm: () => {
        edit.forget()
        if (draft) discard.mutate(draft.revision)
      },
    })
  const published = flat(current.document)
  const values = flat(edit.document)
  const editor = (field: PolicyField, hasSlider: boolean) => (
    <FieldEditor
      key={field.path}
      field={field}
      value={values.get(field.path) ?? 0}
      published={published.get(field.path)}
      isReadOnly={!canChange}
      hasSlider={hasSlider}
      onChange={(value) => edit.change(withValue(edit.document, field.path, value))}
    />
  )
  return (
    <>
      <PolicyBar
        current={current}
        draft={draft}
        isUnsaved={edit.isUnsaved}
        isChanged={edit.isChanged}
        isSaving={save.isPending}
        canChange={canChange}
        onUndo={edit.forget}
        onDiscard={askToDiscard}
        onSave={() => saveThen(() => {})}
        onPublish={() => saveThen(() => setPublishing(true))}
      />
      <div className={classes.columns}>
        <Panel title={t('weights')}>
          <Text size="xs" c="dimmed" mb="xs">
            {t('weightsHint')}
          </Text>
          <Stack gap={6}>{fields.weights.map((field) => editor(field, true))}</Stack>
        </Panel>
        <div className={classes.effect}>
          <PreviewPanel document={edit.document} isChanged={edit.isChanged} canChange={canChange} />
          {edit.isChanged && (
            <Panel title={t('differences')}>
              <ChangesTable
                changes={changes(current.document, edit.document)}
                before={t('before')}
                after={t('after')}
                titleOf={titleOf}
              />
            </Panel>
          )}
        </div>
        <Panel title={t('parameters')}>
          <Stack gap={6}>
            {fields.features.flatMap((feature) =>
              feature.fields.map((field) => editor({ ...field, title: titleOf(field.path) }, false)),
            )}
          </Stack>
        </Panel>
      </div>
      {isPublishing && draft && (
        <NoteDialog
          title={t('publishTitle')}
          body={t('publishBody')}
          action={t('publishNow', { version: current.version + 1 })}
          isBusy={publish.isPending}
          onClose={() => setPublishing(false)}
          onConfirm={(note) =>
            publish.mutate(
              { revision: draft.revision, note },
              { onSuccess: () => setPublishing(false), onError: () => setPublishing(false) },
            )
          }
        >
          <ChangesTable
            changes={changes(current.document, draft.document)}
            before={t('before')}
            after={t('after')}
            titleOf={titleOf}
          />
        </NoteDialog>
      )}
      {conflict && (
        <ConflictDialog
          base={edit.base}
          theirs={conflict.theirs}
          published={current.document}
          mine={edit.document}
          titleOf={titleOf}
          onClose={() => setConflict(null)}
          onChoose={(document) => {
            edit.rebase(document, conflict.theirs)
            setConflict(null)
          }}
        />
      )}
    </>
  )
}
