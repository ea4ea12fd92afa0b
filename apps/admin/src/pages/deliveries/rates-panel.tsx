import { EmptyState, useMessages } from '@eip/theme'
import { Group, SegmentedControl, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { api, useApiQuery } from '../../api.ts'
import { DataTable } from '../../parts/data-table.tsx'
import { Panel } from '../../parts/panel.tsx'
import { deliveriesMessages } from './deliveries-messages.ts'
import { type RateKind, rateKinds } from './rate-row.ts'
import { useRateColumns } from './use-rate-columns.tsx'

const lookAgainMs = 10_000
const quietMs = 250
const mostRows = 100

/** Rates of whom one chooses, beside what they were counted from. `onSeller`: null where nothing may be changed. */
export function RatesPanel({ onSeller }: Readonly<{ onSeller: ((seller: string) => void) | null }>) {
  const t = useMessages(deliveriesMessages)
  const [by, setBy] = useState<RateKind>('product')
  const [typed, setTyped] = useState('')
  const [contains] = useDebouncedValue(typed.trim(), quietMs)
  const asked = { by, limit: mostRows, ...(contains !== '' && { contains }) }
  const { data, error, refetch } = useApiQuery(
    ['deliveries', 'rates', asked],
    (signal) => api.listRates(asked, { signal }),
    { refetchInterval: lookAgainMs },
  )
  const all = data && { ...data.all, isAll: true }
  const rows = all && [
    ...(data.rates.length > 0 ? [all] : []),
    ...data.rates.map((each) => ({ ...each, isAll: false })),
  ]
  const columns = useRateColumns(rows ?? [], by, onSeller)
  return (
    <Panel title={t('rates')} isFlush>
      <Text size="xs" c="dimmed" px="md" pb="xs" maw={900}>
        {t('ratesLead')}
      </Text>
      <Group justify="space-between" px="md" pb="sm" gap="sm">
        <SegmentedControl
          size="xs"
          aria-label={t('by')}
          value={by}
          data={rateKinds.map((value) => ({ value, label: t(value) }))}
          onChange={(value) => setBy(rateKinds.find((kind) => kind === value) ?? by)}
        />
        <Group gap="sm">
          {data && (
            <Text size="xs" c="dimmed" role="status">
              {t('shownOf', { shown: data.rates.length, total: data.total })}
            </Text>
          )}
          <TextInput
            size="xs"
            aria-label={t('contains')}
            placeholder={t('contains')}
            maxLength={200}
            value={typed}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          />
        </Group>
      </Group>
      <DataTable
        label={t('rates')}
        rows={rows}
        columns={columns}
        rowKey={({ isAll, name }) => `${isAll} ${name}`}
        failure={error}
        onRetry={() => void refetch()}
        empty={<EmptyState title={t('none')}>{t('noneWhy')}</EmptyState>}
      />
    </Panel>
  )
}
