import { useMessages } from '@eip/theme'
import { IconCaretDownFilled, IconCaretUpFilled, IconEqual, IconPlus } from '@tabler/icons-react'
import classes from './explorer.module.css'
import { explorerMessages } from './explorer-messages.ts'
import { listed } from './preview-request.ts'
import { movementOf, type RankChange } from './rank-changes.ts'

/** How a product stands against the other list: ▲3, ▼1, the same, or only here. */
export function RankMark({ change }: Readonly<{ change: RankChange }>) {
  const t = useMessages(explorerMessages)
  const movement = movementOf(change)
  const other = change.other ?? 0
  const said =
    'by' in movement
      ? t(movement.is, { by: movement.by, other })
      : movement.is === 'same'
        ? t('same')
        : t('isNew', { count: listed })
  const Icon = { up: IconCaretUpFilled, down: IconCaretDownFilled, same: IconEqual, new: IconPlus }[movement.is]
  return (
    <span className={classes.mark} data-is={movement.is} role="img" aria-label={said} title={said}>
      <Icon size={12} aria-hidden />
      {'by' in movement && movement.by}
    </span>
  )
}
