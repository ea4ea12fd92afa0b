import { formatNumber, useLanguage, useMessages } from '@eip/theme'
import { Group, SimpleGrid } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { api, useApiQuery } from '../../api.ts'
import { OpenById } from '../../parts/open-by-id.tsx'
import { Page } from '../../parts/page.tsx'
import { Panel } from '../../parts/panel.tsx'
import { Stat } from '../../parts/stat.tsx'
import { useTrail } from '../../parts/trail.ts'
import { TrailBar } from '../../parts/trail-bar.tsx'
import { useCanChange } from '../../parts/use-can-change.ts'
import { states } from './order-facts.ts'
import { OrdersFilter } from './orders-filter.tsx'
import { OrdersImport } from './orders-import.tsx'
import { ordersMessages } from './orders-messages.ts'
import { OrdersTable } from './orders-table.tsx'
import { RepurchasePanel } from './repurchase-panel.tsx'

const lookAgainMs = 5_000
const pageSize = 50
const longestCustomer = 128

/** The orders of all customers. What is listed stands in the address. */
export function OrdersPage() {
  const t = useMessages(ordersMessages)
  const canChange = useCanChange()
  const navigate = useNavigate()
  const params: Readonly<Record<string, unknown>> = useSearch({ strict: false })
  const state = states.find((each) => each === params.state) ?? null
  const customer = String(params.customer ?? '').slice(0, longestCustomer)
  const trail = useTrail<string>(`${state} ${customer}`)
  const asked = {
    limit: pageSize,
    ...(state !== null && { state }),
    ...(customer !== '' && { customer }),
    ...(trail.cursor !== undefined && { before: trail.cursor }),
  }
  const { data, error, refetch } = useApiQuery(
    ['orders', 'list', asked],
    (signal) => api.listOrders(asked, { signal }),
    { refetchInterval: lookAgainMs },
  )
  const open = (id: string) => void navigate({ to: '/orders/$id', params: { id } })
  return (
    <Page title={t('title')} description={t('description')}>
      <OrderStats />
      <Group align="flex-end" gap="md">
        <OrdersFilter
          state={state}
          customer={customer}
          onChange={(search) => void navigate({ to: '/orders', search, resetScroll: false })}
        />
        <OpenById label={t('openById')} action={t('open')} onOpen={open} />
      </Group>
      <Panel title={t('list')} isFlush actions={<TrailBar trail={trail} next={data?.next} />}>
        <OrdersTable orders={data?.orders} failure={error} onRetry={() => void refetch()} onOpen={open} />
      </Panel>
      <RepurchasePanel />
      {canChange && <OrdersImport />}
    </Page>
  )
}

function OrderStats() {
  const t = useMessages(ordersMessages)
  const { language } = useLanguage()
  const { data } = useApiQuery(['orders', 'statistics'], (signal) => api.orderStatistics({}, { signal }), {
    refetchInterval: lookAgainMs,
  })
  const number = (value: number | undefined) => (value === undefined ? t('unset') : formatNumber(value, language))
  return (
    <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm" component="section" aria-label={t('figures')}>
      <Stat label={t('count')} value={number(data?.orders)} />
      <Stat label={t('unfinished')} value={number(data?.unfinished)} note={t('unfinishedNote')} />
      <Stat label={t('priced')} value={number(data?.pricedProducts)} />
      <Stat label={t('unpublished')} value={number(data?.unpublishedEvents)} note={t('unpublishedNote')} />
    </SimpleGrid>
  )
}
