import { useMessages } from '@eip/theme'
import { Button, NumberInput, Stack, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { api, useApiMutation } from '../../api.ts'
import { Panel } from '../../parts/panel.tsx'
import { stockMessages } from './stock-messages.ts'

/** From how many units on a product is low. `now`: as it is, be it set by hand or told by the sales. */
export function ThresholdForm({ productId, now }: Readonly<{ productId: string; now: number | null }>) {
  const t = useMessages(stockMessages)
  const form = useForm({
    initialValues: { lowStockAt: (now ?? '') as number | string },
    validate: {
      lowStockAt: (value) =>
        value === '' || (Number.isInteger(value) && Number(value) >= 0) ? null : t('needsThreshold'),
    },
  })
  const set = useApiMutation((lowStockAt: number | null) => api.setStockThreshold({ productId, lowStockAt }), {
    changes: ['stock', 'audit'],
    said: () => t('thresholdSaid'),
  })
  return (
    <Panel title={t('threshold')}>
      <form onSubmit={form.onSubmit(({ lowStockAt }) => set.mutate(lowStockAt === '' ? null : Number(lowStockAt)))}>
        <Stack gap="xs">
          <Text size="xs" c="dimmed">
            {t('thresholdLead')}
          </Text>
          <NumberInput
            label={t('lowAt')}
            min={0}
            max={1e9}
            allowDecimal={false}
            {...form.getInputProps('lowStockAt')}
          />
          <Button type="submit" variant="default" loading={set.isPending}>
            {t('thresholdAction')}
          </Button>
        </Stack>
      </form>
    </Panel>
  )
}
