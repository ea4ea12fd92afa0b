import { useMessages } from '@eip/theme'
import { IconPlugConnectedX } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import classes from './shell.module.css'
import { shellMessages } from './shell-messages.ts'

/** A line above the page while the server is away; it goes by itself when a question is answered again. */
export function ServerAway() {
  const t = useMessages(shellMessages)
  const questions = useQueryClient().getQueryCache()
  const isAway = useSyncExternalStore(
    (changed) => questions.subscribe(changed),
    () =>
      questions
        .getAll()
        .some(
          ({ state: { fetchFailureCount, fetchStatus } }) =>
            fetchStatus === 'paused' || (fetchFailureCount > 1 && fetchStatus === 'fetching'),
        ),
  )
  return (
    <div role="status" className={classes.status}>
      {isAway && (
        <div className={classes.away}>
          <IconPlugConnectedX size={16} aria-hidden /> {t('away')}
        </div>
      )}
    </div>
  )
}
