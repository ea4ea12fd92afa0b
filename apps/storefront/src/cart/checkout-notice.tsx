import { IconAlertTriangle, IconCreditCardOff } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './checkout-notice.module.css'

type CheckoutNoticeProps = Readonly<{
  tone: 'warning' | 'failed'
  title: string
  children: ReactNode
  actions?: ReactNode
}>

/** One outcome: what happened, what it means, what can be done. */
export function CheckoutNotice({ tone, title, children, actions }: CheckoutNoticeProps) {
  const Sign = tone === 'warning' ? IconAlertTriangle : IconCreditCardOff
  return (
    <div className={classes.notice} data-tone={tone}>
      <Sign size={22} aria-hidden />
      <div className={classes.body}>
        <h2>{title}</h2>
        {children}
        {actions && <div className={classes.actions}>{actions}</div>}
      </div>
    </div>
  )
}
