import type { PublishedPolicy } from '@eip/contracts'
import { useMessages } from '@eip/theme'
import { Stack, Text } from '@mantine/core'
import { Panel } from '../../parts/panel.tsx'
import { ChangesTable } from './changes-table.tsx'
import { ChoiceEditor } from './choice-editor.tsx'
import { FieldEditor } from './field-editor.tsx'
import classes from './policy.module.css'
import { changes, flat, type PolicyValue, withValue } from './policy-document.ts'
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

/** The policy's values, beside what they do to a query. */
export function PolicyForm({ current, edit, fields, titleOf, canChange }: PolicyFormProps) {
  const t = useMessages(policyMessages)
  const published = flat(current.document)
  const values = flat(edit.document)
  const editor = (field: PolicyField, hasSlider: boolean) => {
    const value = values.get(field.path) ?? field.absent
    const before = published.get(field.path)
    const common = { field, isReadOnly: !canChange }
    const onChange = (next: PolicyValue) => edit.change(withValue(edit.document, field.path, next))
    return field.choices !== null ? (
      <ChoiceEditor key={field.path} {...common} value={value} published={before} onChange={onChange} />
    ) : (
      <FieldEditor
        key={field.path}
        {...common}
        value={Number(value)}
        published={before === undefined ? undefined : Number(before)}
        hasSlider={hasSlider}
        onChange={onChange}
      />
    )
  }
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
      <Stack gap="md">
        {fields.guards.length > 0 && (
          <Panel title={t('guards')}>
            <Text size="xs" c="dimmed" mb="xs">
              {t('guardsHint')}
            </Text>
            <Stack gap={6}>{fields.guards.map((field) => editor(field, false))}</Stack>
          </Panel>
        )}
        <Panel title={t('parameters')}>
          <Stack gap={6}>{parameters.map((field) => editor({ ...field, title: titleOf(field.path) }, false))}</Stack>
        </Panel>
      </Stack>
    </div>
  )
}
