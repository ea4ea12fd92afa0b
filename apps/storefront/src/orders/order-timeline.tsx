import { formatDate, useLanguage, useMessages } from '@eip/theme'
import { VisuallyHidden } from '@mantine/core'
import { IconArrowBackUp, IconCheck, IconX } from '@tabler/icons-react'
import { orderMessages } from './order-messages.ts'
import classes from './order-page.module.css'
import { cameLate, type Order, type OrderState, stepsOf } from './order-steps.ts'

type OrderTimelineProps = Readonly<{ order: Order }>

const signs: Partial<Record<OrderState, typeof IconCheck>> = { cancelled: IconX, returned: IconArrowBackUp }

/** What became of an order, step by step, and what is still to come. */
export function OrderTimeline({ order }: OrderTimelineProps) {
  const { language } = useLanguage()
  const t = useMessages(orderMessages)
  const { promisedAt, deliveredAt, state, reason } = order
  const promised = promisedAt === null ? null : formatDate(promisedAt, language, 'day')
  const isOnTheWay = deliveredAt === null && state !== 'cancelled'
  return (
    <section className={classes.box} aria-label={t('progress')}>
      <ol className={classes.steps}>
        {stepsOf(order).map((step) => {
          const Sign = signs[step.state] ?? IconCheck
          return (
            <li
              key={step.state}
              data-reached={step.isReached || undefined}
              data-state={step.state}
              aria-current={step.state === state ? 'step' : undefined}
            >
              <span className={classes.mark}>{step.isReached && <Sign size={14} stroke={2.6} aria-hidden />}</span>
              <span className={classes.step}>{t(`state.${step.state}`)}</span>
              {step.isReached && step.at !== null && (
                <span className={classes.time}>{formatDate(step.at, language, 'minute')}</span>
              )}
              {!step.isReached && <VisuallyHidden>{t('ahead')}</VisuallyHidden>}
            </li>
          )
        })}
      </ol>
      {promised !== null && isOnTheWay && <p className={classes.aside}>{t('promised', { date: promised })}</p>}
      {promised !== null && cameLate(order) && <p className={classes.aside}>{t('arrivedLate', { date: promised })}</p>}
      {reason.trim() !== '' && (
        <p className={classes.aside} dir="auto">
          {t('why', { reason })}
        </p>
      )}
    </section>
  )
}
