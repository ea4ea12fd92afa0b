import { useMessages } from '@eip/theme'
import { Button, NumberInput, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { api } from '../../api.ts'
import { Panel } from '../../parts/panel.tsx'
import { stockMessages } from './stock-messages.ts'
import { useStockChange } from './use-stock-change.ts'

const initialValues = { quantity: '' as number | string, place: 'main', note: '' }

/** What lies there is more or less than was thought, and why. */
export function AdjustForm({ productId }: Readonly<{ productId: string }>) {
  const t = useMessages(stockMessages)
  const form = useForm({
    initialValues,
    validate: {
      quantity: (value) => (Number.isInteger(value) && value !== 0 ? null : t('needsDifference')),
      place: (value) => (value.trim() === '' ? t('needsPlace') : null),
      note: (value) => (value.trim() === '' ? t('needsReason') : null),
    },
  })
  const adjust = useStockChange(
    ({ quantity, place, note }: typeof initialValues, operationId) =>
      api.adjustStock({ operationId, productId, place: place.trim(), quantity: Number(quantity), note: note.trim() }),
    { said: t('adjustedSaid'), onDone: form.reset },
  )
  return (
    <Panel title={t('adjust')}>
      <form noValidate onSubmit={form.onSubmit((values) => adjust.mutate(values))}>
        <Stack gap="xs">
          <Text size="xs" c="dimmed">
            {t('adjustLead')}
          </Text>
          <NumberInput
            label={t('difference')}
            required
            min={-1e9}
            max={1e9}
            allowDecimal={false}
            {...form.getInputProps('quantity')}
          />
          <TextInput label={t('place')} required maxLength={200} {...form.getInputProps('place')} />
          <TextInput label={t('why')} required maxLength={500} {...form.getInputProps('note')} />
          <Button type="submit" loading={adjust.isPending}>
            {t('adjustAction')}
          </Button>
        </Stack>
      </form>
    </Panel>
  )
}
