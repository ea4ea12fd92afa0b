import { formatNumber, useLanguage, useMessages } from '@eip/theme'
import classes from './deliveries.module.css'
import { deliveriesMessages } from './deliveries-messages.ts'

type RateBarProps = Readonly<{
  /** From 0 to 1; null: nothing is known. */
  rate: number | null
  /** What fills the bar: the highest rate that is shown beside it. */
  scale: number
  count: number
  of: number
}>

/** A rate as a bar, beside what was really counted. */
export function RateBar({ rate, scale, count, of }: RateBarProps) {
  const t = useMessages(deliveriesMessages)
  const { language } = useLanguage()
  if (rate === null) return <span className={classes.counted}>{t('unset')}</span>
  const said = formatNumber(rate, language, { style: 'percent', maximumFractionDigits: 1 })
  return (
    <div className={classes.rate} title={t('rateIs', { rate: said, count, of })}>
      <span className={classes.field} aria-hidden>
        <span style={{ width: `${Math.min(1, rate / scale) * 100}%` }} />
      </span>
      <span className={classes.percent}>{said}</span>
      <span className={classes.counted}>{t('counted', { count, of })}</span>
    </div>
  )
}
