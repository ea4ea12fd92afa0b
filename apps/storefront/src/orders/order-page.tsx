import {
  ClientFailure,
  EmptyState,
  FailureNotice,
  formatDate,
  useLanguage,
  useMessages,
  usePageTitle,
} from '@eip/theme'
import { Button, Skeleton, VisuallyHidden } from '@mantine/core'
import { IconCircleCheckFilled, IconMapOff } from '@tabler/icons-react'
import { Link, useParams } from '@tanstack/react-router'
import { shopMessages } from '../shop-messages.ts'
import { isJustPlaced } from './just-placed.ts'
import { OrderActions } from './order-actions.tsx'
import { OrderLines } from './order-lines.tsx'
import { orderMessages } from './order-messages.ts'
import classes from './order-page.module.css'
import type { Order } from './order-steps.ts'
import { OrderTimeline } from './order-timeline.tsx'
import { StateBadge } from './state-badge.tsx'
import { useOrder } from './use-orders.ts'

const isGone = (failure: unknown) =>
  failure instanceof ClientFailure && (failure.status === 404 || failure.status === 400)

export function OrderPage() {
  const { orderId = '' } = useParams({ strict: false }) as { orderId?: string }
  const { language } = useLanguage()
  const t = useMessages(orderMessages)
  const shop = useMessages(shopMessages)
  const { data, error, failureReason, isFetching, refetch } = useOrder(orderId)
  const failure = error ?? failureReason
  const title = data ? t('orderOf', { date: formatDate(data.placedAt, language, 'day') }) : ''
  usePageTitle(title, t('title'), shop('shop'))
  if (isGone(failure))
    return (
      <EmptyState
        title={t('gone')}
        heading="h1"
        icon={IconMapOff}
        actions={<Button renderRoot={(props) => <Link {...props} to="/orders" />}>{t('all')}</Button>}
      >
        {t('goneText')}
      </EmptyState>
    )
  return (
    <div className={classes.page}>
      <nav className={classes.way} aria-label={t('title')}>
        <Link to="/orders">{t('all')}</Link>
      </nav>
      {failure && (
        <FailureNotice failure={failure} isRetrying={isFetching && error !== null} onRetry={() => void refetch()} />
      )}
      {data ? <OrderArticle order={data} title={title} /> : !failure && <OrderSkeleton label={t('loading')} />}
    </div>
  )
}

function OrderArticle({ order, title }: Readonly<{ order: Order; title: string }>) {
  const t = useMessages(orderMessages)
  const { orderId, state, source } = order
  return (
    <article>
      {isJustPlaced(orderId) && state !== 'cancelled' && <Thanks />}
      <header className={classes.head}>
        <h1>{title}</h1>
        <StateBadge state={state} />
      </header>
      <p className={classes.aside}>
        {t('number', { id: orderId })}
        {source === 'import' && ` · ${t('imported')}`}
      </p>
      <OrderTimeline order={order} />
      <OrderActions order={order} />
      <OrderLines order={order} />
    </article>
  )
}

function Thanks() {
  const t = useMessages(orderMessages)
  return (
    <div className={classes.thanks} role="status">
      <IconCircleCheckFilled size={24} aria-hidden />
      <div>
        <p className={classes.thanksTitle}>{t('placedTitle')}</p>
        <p>{t('placedText')}</p>
      </div>
    </div>
  )
}

function OrderSkeleton({ label }: Readonly<{ label: string }>) {
  return (
    <div aria-busy="true">
      <VisuallyHidden role="status">{label}</VisuallyHidden>
      <Skeleton h={30} w={260} mb={16} />
      <Skeleton h={96} radius={14} mb={16} />
      <Skeleton h={180} radius={14} />
    </div>
  )
}
