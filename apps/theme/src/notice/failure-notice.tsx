import { Button } from '@mantine/core'
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react'
import { useMessages } from '../language/use-messages.ts'
import { failureMessages, failureWords } from './failure-words.ts'
import classes from './notice.module.css'

export type FailureNoticeProps = Readonly<{ failure: unknown; onRetry?: () => void; isRetrying?: boolean }>

/** What went wrong and what to do about it, with a button to try again. Screen readers say it at once. */
export function FailureNotice({ failure, onRetry, isRetrying = false }: FailureNoticeProps) {
  const t = useMessages(failureMessages)
  const { title, message, cure, code } = failureWords(failure, t)
  return (
    <div className={classes.failure} role="alert">
      <IconAlertTriangle size={20} aria-hidden />
      <div>
        <div className={classes.title}>{title}</div>
        {message && <p>{message}</p>}
        <p>{cure}</p>
        {code && <p className={classes.code}>{t('code', { code })}</p>}
        {onRetry && (
          <Button
            className={classes.retry ?? ''}
            size="xs"
            variant="default"
            leftSection={<IconRefresh size={14} aria-hidden />}
            loading={isRetrying}
            onClick={onRetry}
          >
            {t('retry')}
          </Button>
        )}
      </div>
    </div>
  )
}
