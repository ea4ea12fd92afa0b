import { formatDate, formatNumber, useLanguage, useMessages } from '@eip/theme'
import { IconAlertTriangle, IconCircleCheck, IconTruckDelivery, IconTruckOff } from '@tabler/icons-react'
import { useRegion, useRegions } from '../region/use-region.ts'
import classes from './delivery-facts.module.css'
import { deliveryMessages } from './delivery-messages.ts'
import { type Delivery, type DeliveryPromise, lateness, latestDate, wholeDays } from './promise-words.ts'

type StockFactProps = Readonly<{ stock: Delivery['stock'] }>

/** How many there are, as far as the shop says. */
export function StockFact({ stock }: StockFactProps) {
  const t = useMessages(deliveryMessages)
  if (stock === null) return <p className={classes.quiet}>{t('stockMissing')}</p>
  const { notice, left } = stock
  if (notice === 'unknown') return <p className={classes.quiet}>{t('stockUnknown')}</p>
  const low = left === null ? t('fewLeft') : t('onlyLeft', { count: left })
  const words = { 'in-stock': t('inStock'), 'low-stock': low, 'out-of-stock': t('outOfStock') }
  const Sign = notice === 'in-stock' ? IconCircleCheck : IconAlertTriangle
  return (
    <p className={classes.stock} data-stock={notice}>
      <Sign size={18} aria-hidden />
      {words[notice]}
    </p>
  )
}

type PromiseFactProps = Readonly<{ promise: Delivery['promise'] }>

/** When it arrives, the day that nine of ten do not exceed, and how often that went wrong. What is not known is said to be so. */
export function PromiseFact({ promise }: PromiseFactProps) {
  const t = useMessages(deliveryMessages)
  const region = useRegion()
  const regions = useRegions()
  if (promise === null) return <p className={classes.quiet}>{t('promiseMissing')}</p>
  if (!promise.isDeliverable)
    return (
      <p className={classes.stock} data-stock="out-of-stock">
        <IconTruckOff size={18} aria-hidden />
        {region === '' ? t('notDelivered') : t('notDeliveredTo', { region })}
      </p>
    )
  return (
    <div className={classes.promise}>
      <IconTruckDelivery size={20} stroke={1.7} aria-hidden />
      <div>
        <Expected promise={promise} region={region} />
        {region === '' && regions.length > 0 && <p className={classes.quiet}>{t('chooseRegion')}</p>}
      </div>
    </div>
  )
}

function Expected({ promise, region }: Readonly<{ promise: DeliveryPromise; region: string }>) {
  const { language } = useLanguage()
  const t = useMessages(deliveryMessages)
  const { days, latestDays, lateProbability, basis } = promise
  if (days === null) return <p className={classes.main}>{t('arrivalUnknown')}</p>
  const count = wholeDays(days)
  return (
    <>
      <p className={classes.main}>{region === '' ? t('arrives', { count }) : t('arrivesTo', { count, region })}</p>
      {latestDays !== null && (
        <p>{t('latest', { date: formatDate(latestDate(latestDays, Date.now()), language, 'day') })}</p>
      )}
      {lateProbability !== null && (
        <p>
          {t(`late.${lateness(lateProbability)}`, {
            share: formatNumber(lateProbability, language, { style: 'percent' }),
          })}
        </p>
      )}
      {basis !== 'nothing' && <p className={classes.quiet}>{t(`basis.${basis}`)}</p>}
    </>
  )
}
