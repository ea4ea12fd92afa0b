import type { Order } from '@eip/contracts'
import { EmptyState, formatDate, formatMoney, formatNumber, useLanguage, useMessages } from '@eip/theme'
import { Anchor, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { OrderBadges } from './order-badges.tsx'
import { ordersMessages } from './orders-messages.ts'

type OrdersTableProps = Readonly<{
  orders: readonly Order[] | undefined
  failure: unknown
  onRetry: () => void
  onOpen: (orderId: string) => void
}>

const piecesOf = ({ lines }: Order): number => lines.reduce((sum, { quantity }) => sum + quantity, 0)

/** Names of the machine's making may be long; whole in the title, and on the order's page. */
const cutShort = { size: 'sm', truncate: 'end', maw: '10rem', display: 'block' } as const

/** A line for every order. */
export function OrdersTable({ orders, failure, onRetry, onOpen }: OrdersTableProps) {
  const t = useMessages(ordersMessages)
  const { language } = useLanguage()
  const columns: readonly Column<Order>[] = [
    {
      ...{ key: 'order', title: t('order') },
      cell: ({ orderId }) => (
        <Anchor
          {...cutShort}
          fw={550}
          title={orderId}
          renderRoot={(props) => <Link {...props} to="/orders/$id" params={{ id: orderId }} />}
        >
          {orderId}
        </Anchor>
      ),
    },
    { ...{ key: 'state', title: t('state') }, cell: (order) => <OrderBadges order={order} /> },
    {
      ...{ key: 'customer', title: t('customer') },
      cell: ({ customer }) => (
        <Text {...cutShort} title={customer}>
          {customer}
        </Text>
      ),
    },
    { ...{ key: 'region', title: t('region') }, cell: ({ region }) => region ?? t('unset') },
    {
      ...{ key: 'pieces', title: t('pieces'), isNumber: true, value: piecesOf },
      cell: (order) => formatNumber(piecesOf(order), language),
    },
    {
      ...{ key: 'total', title: t('total'), isNumber: true, value: ({ total }) => total.amount },
      cell: ({ total }) => formatMoney(total, language),
    },
    {
      ...{ key: 'placedAt', title: t('placedAt'), value: ({ placedAt }) => placedAt },
      cell: ({ placedAt }) => <time dateTime={new Date(placedAt).toISOString()}>{formatDate(placedAt, language)}</time>,
    },
  ]
  return (
    <DataTable
      label={t('list')}
      rows={orders}
      columns={columns}
      rowKey={({ orderId }) => orderId}
      failure={failure}
      onRetry={onRetry}
      onRow={({ orderId }) => onOpen(orderId)}
      empty={<EmptyState title={t('none')}>{t('noneWhy')}</EmptyState>}
    />
  )
}
