import type { ProductStock } from '@eip/contracts'
import { EmptyState, formatNumber, useLanguage, useMessages } from '@eip/theme'
import { Anchor, Badge, Group } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { stockMessages } from './stock-messages.ts'

type StockTableProps = Readonly<{
  stock: readonly ProductStock[] | undefined
  failure: unknown
  onRetry: () => void
  onOpen: (productId: string) => void
  isOnlyLow: boolean
}>

/** A line for every product that there is stock of. */
export function StockTable({ stock, failure, onRetry, onOpen, isOnlyLow }: StockTableProps) {
  const t = useMessages(stockMessages)
  return (
    <DataTable
      label={t('list')}
      rows={stock}
      columns={useColumns()}
      rowKey={({ productId }) => productId}
      failure={failure}
      onRetry={onRetry}
      onRow={({ productId }) => onOpen(productId)}
      empty={
        isOnlyLow ? <EmptyState title={t('noneLow')} /> : <EmptyState title={t('none')}>{t('noneWhy')}</EmptyState>
      }
    />
  )
}

function useColumns(): readonly Column<ProductStock>[] {
  const t = useMessages(stockMessages)
  const { language } = useLanguage()
  const figure = (
    key: string,
    title: string,
    value: (stock: ProductStock) => number | null,
    digits = 0,
  ): Column<ProductStock> => ({
    ...{ key, title, isNumber: true, value },
    cell: (stock) => {
      const is = value(stock)
      return is === null ? t('unset') : formatNumber(is, language, { maximumFractionDigits: digits })
    },
  })
  return [
    {
      ...{ key: 'product', title: t('product'), value: ({ productId }) => productId },
      cell: (stock) => (
        <Group gap={8} wrap="nowrap">
          <Anchor
            size="sm"
            fw={550}
            renderRoot={(props) => <Link {...props} to="/stock/$id" params={{ id: stock.productId }} />}
          >
            {stock.productId}
          </Anchor>
          <StockMarks stock={stock} />
        </Group>
      ),
    },
    figure('onHand', t('onHand'), ({ onHand }) => onHand),
    figure('reserved', t('reserved'), ({ reserved }) => reserved),
    figure('atp', t('available'), ({ atp }) => atp),
    figure('dailySales', t('dailySales'), ({ dailySales }) => dailySales, 2),
    figure('cover', t('cover'), ({ daysOfCover }) => daysOfCover, 1),
    figure('lowAt', t('lowAt'), ({ lowStockAt }) => lowStockAt),
  ]
}

/** What is to be known of a product's stock at a glance. */
export function StockMarks({ stock }: Readonly<{ stock: ProductStock }>) {
  const t = useMessages(stockMessages)
  const { atp, isLow, isGenerated } = stock
  return (
    <Group gap={6} wrap="nowrap">
      {atp <= 0 ? (
        <Badge size="sm" variant="light" color="red" tt="none">
          {t('out')}
        </Badge>
      ) : (
        isLow && (
          <Badge size="sm" variant="light" color="orange" tt="none">
            {t('isLow')}
          </Badge>
        )
      )}
      {isGenerated && (
        <Badge size="sm" variant="outline" color="gray" tt="none" title={t('generatedWhy')}>
          {t('generated')}
        </Badge>
      )}
    </Group>
  )
}
