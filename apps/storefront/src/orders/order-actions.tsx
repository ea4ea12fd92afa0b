import { FailureNotice, useMessages } from '@eip/theme'
import { Button, VisuallyHidden } from '@mantine/core'
import { useState } from 'react'
import { api } from '../api.ts'
import { QuantityField } from '../cart/quantity-field.tsx'
import { tell } from '../shop-notice.tsx'
import { AskDialog } from './ask-dialog.tsx'
import { orderMessages } from './order-messages.ts'
import classes from './order-page.module.css'
import { canCancel, canReturn, canReview, keptPieces, type Order } from './order-steps.ts'
import { ReviewStars } from './review-stars.tsx'
import { useOrderStep } from './use-orders.ts'

type OrderActionsProps = Readonly<{ order: Order }>

/** What a shopper can do with an order now: nothing is offered that would be refused. */
export function OrderActions({ order }: OrderActionsProps) {
  const t = useMessages(orderMessages)
  const { review } = order
  return (
    <>
      {canReview(order) && <ReviewForm orderId={order.orderId} />}
      {review !== null && (
        <p className={classes.given}>
          <ReviewStars score={review.score} />
          {t('yourReview', { count: review.score })}
        </p>
      )}
      {(canCancel(order) || canReturn(order)) && (
        <div className={classes.actions}>
          {canCancel(order) && <Cancel orderId={order.orderId} />}
          {canReturn(order) && <Return order={order} />}
        </div>
      )}
    </>
  )
}

function Cancel({ orderId }: Readonly<{ orderId: string }>) {
  const t = useMessages(orderMessages)
  const [reason, setReason] = useState('')
  const step = useOrderStep(api.cancelMyOrder)
  const cancel = async () => {
    await step.mutateAsync({ orderId, reason })
    tell({ text: t('cancelled'), tone: 'done' })
  }
  return (
    <AskDialog
      opens={t('cancel')}
      title={t('cancelAsk')}
      confirm={t('cancel')}
      failure={step.error}
      isBusy={step.isPending}
      onConfirm={cancel}
    >
      <p>{t('cancelText')}</p>
      <Reason reason={reason} onReason={setReason} />
    </AskDialog>
  )
}

function Return({ order: { orderId, lines } }: OrderActionsProps) {
  const t = useMessages(orderMessages)
  const [reason, setReason] = useState('')
  const kept = lines.filter((line) => keptPieces(line) > 0)
  const [chosen, setChosen] = useState<Readonly<Record<string, number>>>({})
  const piecesOf = (line: Order['lines'][number]) => chosen[line.productId] ?? keptPieces(line)
  const step = useOrderStep(api.returnMyOrder)
  const back = kept.map((line) => ({ productId: line.productId, quantity: piecesOf(line) }))
  const some = back.filter(({ quantity }) => quantity > 0)
  const sendBack = async () => {
    await step.mutateAsync({ orderId, lines: some, reason })
    setChosen({})
    tell({ text: t('returned'), tone: 'done' })
  }
  return (
    <AskDialog
      opens={t('return')}
      title={t('returnAsk')}
      confirm={t('confirmReturn')}
      failure={step.error}
      isBusy={step.isPending}
      isReady={some.length > 0}
      onConfirm={sendBack}
    >
      <p>{t('returnText')}</p>
      <ul className={classes.back}>
        {kept.map((line) => (
          <li key={line.productId}>
            <span dir="auto">{line.title || line.productId}</span>
            <QuantityField
              value={piecesOf(line)}
              of={line.title.slice(0, 120) || line.productId}
              least={0}
              most={keptPieces(line)}
              onChange={(pieces) => setChosen({ ...chosen, [line.productId]: pieces })}
            />
          </li>
        ))}
      </ul>
      <Reason reason={reason} onReason={setReason} />
    </AskDialog>
  )
}

const longestReason = 500

function Reason({ reason, onReason }: Readonly<{ reason: string; onReason: (reason: string) => void }>) {
  const t = useMessages(orderMessages)
  return (
    <label className={classes.reason}>
      <span>{t('reason')}</span>
      <textarea
        rows={2}
        maxLength={longestReason}
        dir="auto"
        value={reason}
        onChange={({ currentTarget: { value } }) => onReason(value)}
      />
    </label>
  )
}

function ReviewForm({ orderId }: Readonly<{ orderId: string }>) {
  const t = useMessages(orderMessages)
  const [score, setScore] = useState(0)
  const step = useOrderStep(api.reviewMyOrder)
  const send = () => step.mutate({ orderId, score }, { onSuccess: () => tell({ text: t('reviewed'), tone: 'done' }) })
  return (
    <section className={classes.box} aria-labelledby="review">
      <h2 id="review">{t('review')}</h2>
      <p className={classes.aside}>{t('reviewText')}</p>
      <div className={classes.stars}>
        <ReviewStars score={score} onScore={setScore} />
        <Button disabled={score === 0} loading={step.isPending} onClick={send}>
          {score === 0 ? t('chooseStars') : t('sendReview', { count: score })}
        </Button>
      </div>
      <VisuallyHidden role="status">{score === 0 ? '' : t('stars', { count: score })}</VisuallyHidden>
      {step.error && <FailureNotice failure={step.error} />}
    </section>
  )
}
