import { formatNumber, useLanguage, useMessages } from '@eip/theme'
import { SimpleGrid } from '@mantine/core'
import { api, useApiQuery } from '../../api.ts'
import { Stat } from '../../parts/stat.tsx'
import { stockMessages } from './stock-messages.ts'

const lookAgainMs = 5_000

/** Stock in a row of figures. */
export function StockStats() {
  const t = useMessages(stockMessages)
  const { language } = useLanguage()
  const { data } = useApiQuery(['stock', 'statistics'], (signal) => api.stockStatistics({}, { signal }), {
    refetchInterval: lookAgainMs,
  })
  const number = (value: number | undefined) => (value === undefined ? t('unset') : formatNumber(value, language))
  const { unbalanced } = data ?? {}
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, xl: 5 }} spacing="sm" component="section" aria-label={t('figures')}>
      <Stat
        label={t('products')}
        value={number(data?.products)}
        note={data && data.unpublishedEvents > 0 && t('unpublished', { count: data.unpublishedEvents })}
      />
      <Stat label={t('low')} value={number(data?.low)} />
      <Stat label={t('outOfStock')} value={number(data?.outOfStock)} />
      <Stat label={t('held')} value={number(data?.heldReservations)} note={t('heldNote')} />
      <Stat
        label={t('ledger')}
        value={
          unbalanced === undefined
            ? t('unset')
            : unbalanced === 0
              ? t('balanced')
              : t('unbalanced', { count: unbalanced })
        }
        note={unbalanced !== undefined && t(unbalanced === 0 ? 'balancedNote' : 'unbalancedNote')}
        tone={unbalanced === undefined ? undefined : unbalanced === 0 ? 'good' : 'bad'}
      />
    </SimpleGrid>
  )
}
