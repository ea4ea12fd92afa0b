import type { ProductStock } from '@eip/contracts'
import { ClientFailure, EmptyState, FailureNotice, formatNumber, useLanguage, useMessages } from '@eip/theme'
import { Anchor, Group, SimpleGrid, Skeleton } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { Link, useParams } from '@tanstack/react-router'
import { api, useApiQuery } from '../../api.ts'
import { Page } from '../../parts/page.tsx'
import { Panel } from '../../parts/panel.tsx'
import { Stat } from '../../parts/stat.tsx'
import { useCanChange } from '../../parts/use-can-change.ts'
import { AdjustForm } from './adjust-form.tsx'
import { LedgerPanels } from './ledger-panels.tsx'
import { ReceiveForm } from './receive-form.tsx'
import { stockMessages } from './stock-messages.ts'
import { StockMarks } from './stock-table.tsx'
import { ThresholdForm } from './threshold-form.tsx'

const lookAgainMs = 3_000

/** One product's stock: where it lies, what changed it, and how it is changed. */
export function ProductStockPage() {
  const t = useMessages(stockMessages)
  const canChange = useCanChange()
  const { id } = useParams({ strict: false }) as { id: string }
  const { data, error, refetch } = useApiQuery(
    ['stock', 'one', id],
    (signal) => api.getStock({ productId: id }, { signal }),
    { refetchInterval: lookAgainMs },
  )
  const hasNone = error instanceof ClientFailure && error.status === 404
  const links = (
    <Group gap="md" component="span">
      <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/stock" />}>
        <Group gap={4} component="span">
          <IconArrowLeft size={14} aria-hidden /> {t('back')}
        </Group>
      </Anchor>
      <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/catalogue" search={{ product: id }} />}>
        {t('inCatalogue')}
      </Anchor>
    </Group>
  )
  return (
    <Page title={id} description={links}>
      {hasNone && (
        <Panel>
          <EmptyState title={t('noStock', { id })}>{t('noStockWhy')}</EmptyState>
        </Panel>
      )}
      {error && !hasNone && data === undefined && <FailureNotice failure={error} onRetry={() => void refetch()} />}
      {data === undefined && !error && <Skeleton height={120} />}
      {data !== undefined && !hasNone && <Amounts stock={data} />}
      {canChange && (
        <SimpleGrid cols={{ base: 1, md: 3 }} spacing="sm">
          <ReceiveForm productId={id} />
          {data !== undefined && !hasNone && (
            <>
              <AdjustForm productId={id} />
              <ThresholdForm productId={id} now={data.lowStockAt} />
            </>
          )}
        </SimpleGrid>
      )}
      {!hasNone && <LedgerPanels productId={id} />}
    </Page>
  )
}

function Amounts({ stock }: Readonly<{ stock: ProductStock }>) {
  const t = useMessages(stockMessages)
  const { language } = useLanguage()
  const shown = (value: number | null, digits = 0) =>
    value === null ? t('unset') : formatNumber(value, language, { maximumFractionDigits: digits })
  const { onHand, reserved, atp, dailySales, daysOfCover, lowStockAt, demand } = stock
  return (
    <SimpleGrid cols={{ base: 2, sm: 4, xl: 7 }} spacing="sm" component="section" aria-label={t('figures')}>
      <Stat label={t('onHand')} value={shown(onHand)} />
      <Stat label={t('reserved')} value={shown(reserved)} />
      <Stat label={t('available')} value={shown(atp)} note={<StockMarks stock={stock} />} />
      <Stat label={t('dailySales')} value={shown(dailySales, 2)} />
      <Stat label={t('cover')} value={shown(daysOfCover, 1)} />
      <Stat label={t('lowAt')} value={shown(lowStockAt)} />
      <Stat label={t('demand')} value={shown(demand.asked)} note={t('unmet', { count: demand.unmet })} />
    </SimpleGrid>
  )
}
