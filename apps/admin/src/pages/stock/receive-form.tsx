import { useMessages } from '@eip/theme'
import { Button, NumberInput, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { api } from '../../api.ts'
import { Panel } from '../../parts/panel.tsx'
import { stockMessages } from './stock-messages.ts'
import { useStockChange } from './use-stock-change.ts'

const initialValues = { quantity: '' as number | string, place: 'main', note: '' }

/** Goods came in. */
export function ReceiveForm({ productId }: Readonly<{ productId: string }>) {
  const t = useMessages(stockMessages)
  const form = useForm({
    initialValues,
    validate: {
      quantity: (value) => (Number.isInteger(value) && Number(value) >= 1 ? null : t('needsUnits')),
      place: (value) => (value.trim() === '' ? t('needsPlace') : null),
    },
  })
  const receive = useStockChange(
    ({ quantity, place, note }: typeof initialValues, operationId) =>
      api.receiveStock({ operationId, lines: [{ productId, place: place.trim(), quantity: Number(quantity) }], note }),
    { said: t('receivedSaid'), onDone: form.reset },
  )
  return (
    <Panel title={t('receive')}>
      <form noValidate onSubmit={form.onSubmit((values) => receive.mutate(values))}>
        <Stack gap="xs">
          <Text size="xs" c="dimmed">
            {t('receiveLead')}
          </Text>
          <NumberInput
            label={t('quantity')}
            required
            min={1}
            max={1e9}
            allowDecimal={false}
            {...form.getInputProps('quantity')}
          />
          <TextInput label={t('place')} required maxLength={200} {...form.getInputProps('place')} />
          <TextInput label={t('note')} maxLength={500} {...form.getInputProps('note')} />
          <Button type="submit" loading={receive.isPending}>
            {t('receiveAction')}
          </Button>
        </Stack>
      </form>
    </Panel>
  )
}
