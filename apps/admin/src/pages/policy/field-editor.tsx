import { formatNumber, useLanguage, useMessages } from '@eip/theme'
import { Group, NumberInput, Slider, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import classes from './policy.module.css'
import type { PolicyField } from './policy-fields.ts'
import { policyMessages } from './policy-messages.ts'

type FieldEditorProps = Readonly<{
  field: PolicyField
  value: number
  published: number | undefined
  isReadOnly: boolean
  /** Weights are moved by a slider as well. */
  hasSlider: boolean
  onChange: (value: number) => void
}>

/** What sliders reach; a number beyond is typed. */
const reach = 2

export function FieldEditor({ field, value, published, isReadOnly, hasSlider, onChange }: FieldEditorProps) {
  const t = useMessages(policyMessages)
  const { language } = useLanguage()
  const isTouched = useMediaQuery('(pointer: coarse)')
  const isChanged = published !== undefined && published !== value
  const { path, title, description, minimum, maximum } = field
  return (
    <div className={classes.field} data-changed={isChanged || undefined}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="md">
        <div>
          <Text size="sm" fw={600} id={`label-${path}`}>
            {title}{' '}
            {isChanged && (
              <Text span size="xs" c="dimmed" fw={450}>
                {t('was', { value: formatNumber(published, language, { maximumFractionDigits: 6 }) })}
              </Text>
            )}
          </Text>
          {description && (
            <Text size="xs" c="dimmed">
              {description}
            </Text>
          )}
        </div>
        <NumberInput
          size="xs"
          w={92}
          className={classes.number ?? ''}
          variant={isReadOnly ? 'filled' : 'default'}
          hideControls={isReadOnly || isTouched}
          style={{ flexShrink: 0 }}
          aria-labelledby={`label-${path}`}
          value={value}
          step={hasSlider ? 0.05 : 1}
          decimalScale={6}
          {...(minimum !== null && { min: minimum })}
          {...(maximum !== null && { max: maximum })}
          readOnly={isReadOnly}
          onChange={(next) => typeof next === 'number' && onChange(next)}
        />
      </Group>
      {hasSlider && (
        <Slider
          mt={isTouched ? 12 : 6}
          size={isTouched ? 'md' : 'sm'}
          {...(isTouched && { thumbSize: 24 })}
          min={Math.min(0, value, published ?? 0)}
          max={Math.max(reach, value, published ?? 0)}
          step={0.01}
          value={value}
          label={null}
          disabled={isReadOnly}
          thumbProps={{ 'aria-labelledby': `label-${path}` }}
          onChange={(next) => onChange(Math.round(next * 100) / 100)}
        />
      )}
    </div>
  )
}
