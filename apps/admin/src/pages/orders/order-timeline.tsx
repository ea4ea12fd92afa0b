import type { Order } from '@eip/contracts'
import { formatDate, useLanguage, useMessages } from '@eip/theme'
import { timelineOf } from './order-facts.ts'
import classes from './orders.module.css'
import { ordersMessages } from './orders-messages.ts'

/** What happened to an order, one under the other; what is to come is pale. */
export function OrderTimeline({ order }: Readonly<{ order: Order }>) {
  const t = useMessages(ordersMessages)
  const { language } = useLanguage()
  return (
    <ol className={classes.timeline}>
      {timelineOf(order).map(({ what, at, isLate }) => (
        <li key={what} data-done={(at !== null && what !== 'promised') || undefined} data-late={isLate || undefined}>
          <span className={classes.what}>
            {what === 'reviewed' ? t('reviewed', { score: order.review?.score ?? 0 }) : t(what)}
            {isLate && <small>{t('late')}</small>}
          </span>
          {at === null ? (
            <span className={classes.when}>{t('notYet')}</span>
          ) : (
            <time className={classes.when} dateTime={new Date(at).toISOString()}>
              {formatDate(at, language, what === 'promised' ? 'day' : 'minute')}
            </time>
          )}
        </li>
      ))}
    </ol>
  )
}
