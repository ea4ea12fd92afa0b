import type { SearchHit } from '@eip/contracts'
import { useMessages } from '@eip/theme'
import { IconShieldExclamation } from '@tabler/icons-react'
import classes from './explorer.module.css'
import { explorerMessages } from './explorer-messages.ts'

/** What the policy's guards did with a hit, whatever its score; nothing where they did nothing. */
export function GuardNote({ explanation }: Readonly<{ explanation: SearchHit['explanation'] }>) {
  const t = useMessages(explorerMessages)
  const guard = explanation?.guard
  if (!guard) return null
  return (
    <p className={classes.caveat}>
      <IconShieldExclamation size={15} aria-hidden /> {t(guard.reason)} {t(guard.action)}
    </p>
  )
}
