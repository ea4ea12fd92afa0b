import { useMessages } from '@eip/theme'
import { orderMessages } from './order-messages.ts'
import type { OrderState } from './order-steps.ts'
import classes from './orders-page.module.css'

type StateBadgeProps = Readonly<{ state: OrderState }>

export function StateBadge({ state }: StateBadgeProps) {
  const t = useMessages(orderMessages)
  return (
    <span className={classes.state} data-state={state}>
      {t(`state.${state}`)}
    </span>
  )
}
