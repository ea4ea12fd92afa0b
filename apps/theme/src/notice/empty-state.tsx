import { IconInbox, type TablerIcon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './notice.module.css'

export type EmptyStateProps = Readonly<{
  title: string
  icon?: TablerIcon
  /** The page's own heading where there is nothing else on it. Default h2. */
  heading?: 'h1' | 'h2'
  /** Why there is nothing, and how there may be something. */
  children?: ReactNode
  /** Buttons and links. */
  actions?: ReactNode
}>

/** Stands where a list has nothing to show. */
export function EmptyState({
  title,
  icon: Icon = IconInbox,
  heading: Heading = 'h2',
  children,
  actions,
}: EmptyStateProps) {
  return (
    <div className={classes.empty}>
      <Icon size={40} stroke={1.3} aria-hidden />
      <Heading dir="auto">{title}</Heading>
      {children && <div className={classes.text}>{children}</div>}
      {actions && <div className={classes.actions}>{actions}</div>}
    </div>
  )
}
