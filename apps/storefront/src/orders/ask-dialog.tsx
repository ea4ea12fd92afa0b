import { FailureNotice, useMessages } from '@eip/theme'
import { Button } from '@mantine/core'
import { type ReactNode, useId, useRef } from 'react'
import classes from './ask-dialog.module.css'
import { orderMessages } from './order-messages.ts'

type AskDialogProps = Readonly<{
  /** On the button that opens it. */
  opens: string
  title: string
  confirm: string
  children: ReactNode
  failure: unknown
  isBusy: boolean
  isReady?: boolean
  /** Rejects where it failed; then the dialog stays and says so. */
  onConfirm: () => Promise<void>
}>

/** Asks before something is done that cannot be undone; the browser's own dialog keeps and gives back the focus. */
export function AskDialog({
  opens,
  title,
  confirm,
  children,
  failure,
  isBusy,
  isReady = true,
  onConfirm,
}: AskDialogProps) {
  const t = useMessages(orderMessages)
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  const close = () => dialog.current?.close()
  const confirmed = () => onConfirm().then(close, () => {})
  return (
    <>
      <Button variant="default" onClick={() => dialog.current?.showModal()}>
        {opens}
      </Button>
      <dialog ref={dialog} className={classes.dialog} aria-labelledby={id}>
        <div className={classes.sheet}>
          <h2 id={id}>{title}</h2>
          {children}
          {failure !== null && <FailureNotice failure={failure} />}
          <div className={classes.buttons}>
            <Button variant="default" onClick={close}>
              {t('keep')}
            </Button>
            <Button disabled={!isReady} loading={isBusy} onClick={() => void confirmed()}>
              {confirm}
            </Button>
          </div>
        </div>
      </dialog>
    </>
  )
}
