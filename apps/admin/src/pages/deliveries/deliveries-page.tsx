import { formatNumber, useLanguage, useMessages } from '@eip/theme'
import { SimpleGrid } from '@mantine/core'
import { useState } from 'react'
import { api, useApiQuery } from '../../api.ts'
import { Page } from '../../parts/page.tsx'
import { Stat } from '../../parts/stat.tsx'
import { useCanChange } from '../../parts/use-can-change.ts'
import { CalibrationPanel } from './calibration-panel.tsx'
import { CoverageDialog } from './coverage-dialog.tsx'
import { CoveragePanel } from './coverage-panel.tsx'
import { deliveriesMessages } from './deliveries-messages.ts'
import { RatesPanel } from './rates-panel.tsx'

const lookAgainMs = 5_000

/** How well products are delivered, and how well that is foretold. */
export function DeliveriesPage() {
  const t = useMessages(deliveriesMessages)
  const canChange = useCanChange()
  const [seller, setSeller] = useState<string | null>(null)
  return (
    <Page title={t('title')} description={t('description')}>
      <DeliveryStats />
      <RatesPanel onSeller={canChange ? setSeller : null} />
      <CalibrationPanel />
      {canChange && <CoveragePanel onSeller={setSeller} />}
      {seller !== null && <CoverageDialog key={seller} seller={seller} onClose={() => setSeller(null)} />}
    </Page>
  )
}

function DeliveryStats() {
  const t = useMessages(deliveriesMessages)
  const { language } = useLanguage()
  const { data } = useApiQuery(['deliveries', 'statistics'], (signal) => api.logisticsStatistics({}, { signal }), {
    refetchInterval: lookAgainMs,
  })
  const number = (value: number | undefined) => (value === undefined ? t('unset') : formatNumber(value, language))
  return (
    <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm" component="section" aria-label={t('figures')}>
      <Stat
        label={t('products')}
        value={number(data?.products)}
        note={data && data.unpublishedEvents > 0 && t('unpublished', { count: data.unpublishedEvents })}
      />
      <Stat label={t('sellers')} value={number(data?.sellers)} />
      <Stat label={t('orders')} value={number(data?.orders)} />
      <Stat
        label={t('behind')}
        value={number(data?.behind)}
        note={data?.behind === 0 && t('upToDate')}
        tone={data?.behind === 0 ? 'good' : undefined}
      />
    </SimpleGrid>
  )
}
