import { useMessages } from '@eip/theme'
import { IconTruckDelivery } from '@tabler/icons-react'
import { useRegion } from '../region/use-region.ts'
import type { Hit } from '../search/use-results.ts'
import { deliveryMessages } from './delivery-messages.ts'
import classes from './fulfilment-text.module.css'
import { wholeDays } from './promise-words.ts'

type FulfilmentTextProps = Readonly<{ fulfilment: Hit['fulfilment'] }>

export const canBeHad = ({ notice }: Hit['fulfilment']): boolean => notice === null || notice === 'low-stock'

/** Why it cannot be had. */
export function UnavailableText({ fulfilment: { notice } }: FulfilmentTextProps) {
  const t = useMessages(deliveryMessages)
  const region = useRegion()
  const elsewhere = region === '' ? t('notDelivered') : t('notDeliveredTo', { region })
  return <span className={classes.unavailable}>{notice === 'not-delivered' ? elsewhere : t('outOfStock')}</span>
}

/** How few are left and when it arrives, as far as there is something to say: what cannot be had does not arrive. */
export function FulfilmentText({ fulfilment }: FulfilmentTextProps) {
  const t = useMessages(deliveryMessages)
  const { notice, left, leadTimeDays } = fulfilment
  if (!canBeHad(fulfilment) || (notice === null && leadTimeDays === null)) return null
  return (
    <div className={classes.fulfilment}>
      {notice !== null && (
        <span className={classes.few}>{left === null ? t('fewLeft') : t('onlyLeft', { count: left })}</span>
      )}
      {leadTimeDays !== null && (
        <span className={classes.arrival}>
          <IconTruckDelivery size={15} stroke={1.7} aria-hidden />
          {t('arrives', { count: wholeDays(leadTimeDays) })}
        </span>
      )}
    </div>
  )
}
