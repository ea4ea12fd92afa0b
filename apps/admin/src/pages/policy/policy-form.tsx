import type { PublishedPolicy } from '@eip/contracts'
import { useMessages } from '@eip/theme'
import { Stack, Text } from '@mantine/core'
import { Panel } from '../../parts/panel.tsx'
import { ChangesTable } from './changes-table.tsx'
import { FieldEditor } from './field-editor.tsx'
import classes from './policy.module.css'
import { changes, flat, withValue } from './policy-document.ts'
import type { PolicyField, PolicyFields } from './policy-fields.ts'
import { policyMessages } from './policy-messages.ts'
import { PreviewPanel } from './preview-panel.tsx'
import type { PolicyEdit } from './use-policy-edit.ts'

export type PolicyFormProps = Readonly<{
  current: PublishedPolicy
  edit: PolicyEdit
  fields: PolicyFields
  titleOf: (path: string) => string
  canChange: boolean
}>

/** The policy's numbers, beside what they do to a query. */
export function PolicyForm({ current, edit, fields, titleOf, canChange }: PolicyFormProps) {
  const t = useMessages(policyMessages)
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
  const parameters = fields.features.flatMap((feature) => feature.fields)
  return (
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
        <Stack gap={6}>{parameters.map((field) => editor({ ...field, title: titleOf(field.path) }, false))}</Stack>
      </Panel>
    </div>
  )
}
