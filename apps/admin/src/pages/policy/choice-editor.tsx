import { useMessages } from '@eip/theme'
import { NativeSelect, Text } from '@mantine/core'
import classes from './policy.module.css'
import type { PolicyValue } from './policy-document.ts'
import type { PolicyField } from './policy-fields.ts'
import { policyMessages } from './policy-messages.ts'
import { useShownValue } from './use-shown-value.ts'

type ChoiceEditorProps = Readonly<{
  field: PolicyField
  value: PolicyValue
  published: PolicyValue | undefined
  isReadOnly: boolean
  onChange: (value: string) => void
}>

/** One of several words of a policy. */
export function ChoiceEditor({ field, value, published, isReadOnly, onChange }: ChoiceEditorProps) {
  const t = useMessages(policyMessages)
  const shown = useShownValue()
  const isChanged = published !== undefined && published !== value
  // What stands there stays a choice, also where the schema no longer names it.
  const choices = [...new Set([...(field.choices ?? []), String(value)])]
  return (
    <div className={classes.field} data-changed={isChanged || undefined}>
      <NativeSelect
        size="xs"
        label={
          <Text span size="sm" fw={600}>
            {field.title}{' '}
            {isChanged && (
              <Text span size="xs" c="dimmed" fw={450}>
                {t('was', { value: shown(published) })}
              </Text>
            )}
          </Text>
        }
        description={field.description}
        styles={{ description: { fontSize: 'var(--mantine-font-size-xs)' } }}
        name={field.path}
        data={choices.map((each) => ({ value: each, label: shown(each) }))}
        value={String(value)}
        disabled={isReadOnly}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
    </div>
  )
}
