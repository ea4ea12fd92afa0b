import { formatNumber, useLanguage, useMessages } from '@eip/theme'
import { Anchor, Button, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Column } from '../../parts/data-table.tsx'
import { deliveriesMessages } from './deliveries-messages.ts'
import { RateBar } from './rate-bar.tsx'
import type { RateKind, RateRow } from './rate-row.ts'

/** Where all rates are low, their bars stay low. */
const leastScale = 0.1

const share = (count: number, of: number): number | null => (of === 0 ? null : count / of)

/** The columns of rates; sellers can be asked where they deliver. */
export function useRateColumns(
  rows: readonly RateRow[],
  by: RateKind,
  onSeller: ((seller: string) => void) | null,
): readonly Column<RateRow>[] {
  const t = useMessages(deliveriesMessages)
  const { language } = useLanguage()
  const rate = (
    key: 'late' | 'returned' | 'cancelled' | 'badReviews',
    of: (row: RateRow) => readonly [rate: number | null, count: number, of: number],
  ): Column<RateRow> => {
    const scale = Math.max(leastScale, ...rows.map((row) => of(row)[0] ?? 0))
    return {
      ...{ key, title: t(key), value: (row) => of(row)[0] },
      cell: (row) => {
        const [is, count, whole] = of(row)
        return <RateBar rate={is} scale={scale} count={count} of={whole} />
      },
    }
  }
  const regions: Column<RateRow> = {
    ...{ key: 'regions', title: '', width: 1 },
    cell: ({ isAll, name }) =>
      !isAll && (
        <Button size="compact-xs" variant="default" onClick={() => onSeller?.(name)}>
          {t('choose')}
        </Button>
      ),
  }
  return [
    {
      ...{ key: 'name', title: t(by), value: ({ isAll, name }) => (isAll ? '' : name) },
      cell: (row) => <RateName row={row} by={by} />,
    },
    {
      ...{ key: 'orders', title: t('orders'), isNumber: true, value: ({ orders }) => orders },
      cell: ({ orders }) => formatNumber(orders, language),
    },
    rate('late', ({ delayRate, late, deliveries }) => [delayRate, late, deliveries]),
    rate('returned', ({ returnRate, returned, units }) => [returnRate, returned, units]),
    rate('cancelled', ({ cancellationRate, cancelled, orders }) => [cancellationRate, cancelled, orders]),
    rate('badReviews', ({ badReviews, reviews }) => [share(badReviews, reviews), badReviews, reviews]),
    {
      ...{ key: 'leadTime', title: t('leadTime'), isNumber: true, value: ({ leadTimeDays }) => leadTimeDays },
      cell: ({ leadTimeDays }) =>
        leadTimeDays === null ? t('unset') : formatNumber(leadTimeDays, language, { maximumFractionDigits: 1 }),
    },
    ...(by === 'seller' && onSeller !== null ? [regions] : []),
  ]
}

function RateName({ row: { isAll, name }, by }: Readonly<{ row: RateRow; by: RateKind }>) {
  const t = useMessages(deliveriesMessages)
  if (isAll)
    return (
      <Text size="sm" fs="italic">
        {t('all')}
      </Text>
    )
  if (by !== 'product')
    return (
      <Text size="sm" fw={550} dir="auto" maw="20rem" lineClamp={2}>
        {name}
      </Text>
    )
  return (
    <Anchor
      size="sm"
      fw={550}
      miw="6rem"
      display="inline-block"
      renderRoot={(props) => <Link {...props} to="/catalogue" search={{ product: name }} />}
    >
      {name}
    </Anchor>
  )
}
