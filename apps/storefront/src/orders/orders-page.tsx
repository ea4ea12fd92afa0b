import { EmptyState, FailureNotice, formatDate, formatMoney, useLanguage, useMessages, usePageTitle } from '@eip/theme'
import { Button, Skeleton, VisuallyHidden } from '@mantine/core'
import { IconPackage } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { shopMessages } from '../shop-messages.ts'
import { orderMessages } from './order-messages.ts'
import { OrderPictures } from './order-pictures.tsx'
import type { Order } from './order-steps.ts'
import classes from './orders-page.module.css'
import { StateBadge } from './state-badge.tsx'
import { useOrders } from './use-orders.ts'

export function OrdersPage() {
  const t = useMessages(orderMessages)
  const shop = useMessages(shopMessages)
  usePageTitle(t('title'), shop('shop'))
  const { data, error, failureReason, isFetching, isFetchingNextPage, hasNextPage, fetchNextPage, refetch } =
    useOrders()
  const failure = error ?? failureReason
  const orders = data?.pages.flatMap((page) => page.orders)
  return (
    <>
      <h1 className={classes.heading}>{t('title')}</h1>
      {failure && (
        <FailureNotice failure={failure} isRetrying={isFetching && error !== null} onRetry={() => void refetch()} />
      )}
      {orders === undefined && !failure && <OrdersSkeleton />}
      {orders?.length === 0 && (
        <EmptyState
          title={t('empty')}
          icon={IconPackage}
          actions={<Button renderRoot={(props) => <Link {...props} to="/" />}>{t('toShop')}</Button>}
        >
          {t('emptyText')}
        </EmptyState>
      )}
      {orders && orders.length > 0 && (
        <ul className={classes.orders}>
          {orders.map((order) => (
            <OrderRow key={order.orderId} order={order} />
          ))}
        </ul>
      )}
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('older')}
        </Button>
      )}
    </>
  )
}

function OrderRow({ order }: Readonly<{ order: Order }>) {
  const { language } = useLanguage()
  const t = useMessages(orderMessages)
  const { orderId, state, placedAt, lines, total } = order
  const first = lines[0]?.title || (lines[0]?.productId ?? '')
  return (
    <li className={classes.order}>
      <OrderPictures lines={lines} />
      <div className={classes.what}>
        <h2 className={classes.date}>
          <Link to="/orders/$orderId" params={{ orderId }} className={classes.link ?? ''}>
            {t('orderOf', { date: formatDate(placedAt, language, 'day') })}
          </Link>
        </h2>
        <p className={classes.titles} dir="auto">
          {lines.length > 1 ? t('andMore', { first, count: lines.length - 1 }) : first}
        </p>
      </div>
      <div className={classes.end}>
        <StateBadge state={state} />
        <span className={classes.total}>{formatMoney(total, language)}</span>
      </div>
    </li>
  )
}

const places = [0, 1, 2]

function OrdersSkeleton() {
  const t = useMessages(orderMessages)
  return (
    <div aria-busy="true">
      <VisuallyHidden role="status">{t('loading')}</VisuallyHidden>
      <div className={classes.orders} aria-hidden>
        {places.map((place) => (
          <Skeleton key={place} h={98} radius={12} />
        ))}
      </div>
    </div>
  )
}
