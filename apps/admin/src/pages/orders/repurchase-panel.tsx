import { FailureNotice, formatNumber, useLanguage, useMessages } from '@eip/theme'
import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { api, useApiQuery } from '../../api.ts'
import { Panel } from '../../parts/panel.tsx'
import { ordersMessages } from './orders-messages.ts'

type Asked = Readonly<{ productId?: string; category?: string }>
type Fact = Readonly<{ intervals: number; medianDays: number | null }>

/** How long it takes until somebody buys the same again. */
export function RepurchasePanel() {
  const t = useMessages(ordersMessages)
  const [asked, setAsked] = useState<Asked | null>(null)
  const { data, error, refetch } = useApiQuery(
    ['orders', 'repurchases', asked],
    (signal) => api.repurchaseFacts(asked ?? {}, { signal }),
    { enabled: asked !== null },
  )
  return (
    <Panel title={t('repurchase')}>
      <Stack gap="sm">
        <Text size="xs" c="dimmed">
          {t('repurchaseLead')}
        </Text>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            const form = new FormData(event.currentTarget)
            const [productId, category] = [String(form.get('productId')).trim(), String(form.get('category')).trim()]
            const wanted = { ...(productId !== '' && { productId }), ...(category !== '' && { category }) }
            setAsked(productId === '' && category === '' ? null : wanted)
          }}
        >
          <Group gap="xs" align="flex-end">
            <TextInput name="productId" label={t('productId')} maxLength={128} />
            <TextInput name="category" label={t('category')} maxLength={3_000} />
            <Button type="submit" variant="default">
              {t('look')}
            </Button>
          </Group>
        </form>
        <div role="status">
          {error && <FailureNotice failure={error} onRetry={() => void refetch()} />}
          {data && asked?.productId && <RepurchaseFact label={t('ofProduct')} fact={data.product} />}
          {data && (asked?.category || data.category) && (
            <RepurchaseFact label={t('ofCategory')} fact={data.category} />
          )}
        </div>
      </Stack>
    </Panel>
  )
}

function RepurchaseFact({ label, fact }: Readonly<{ label: string; fact: Fact | null }>) {
  const t = useMessages(ordersMessages)
  const { language } = useLanguage()
  const days = fact?.medianDays ?? null
  return (
    <Text size="sm">
      {label}:{' '}
      {fact === null || days === null
        ? t('neverAgain')
        : t('days', { days: formatNumber(days, language, { maximumFractionDigits: 1 }), count: fact.intervals })}
    </Text>
  )
}
