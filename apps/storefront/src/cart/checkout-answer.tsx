import { FailureNotice, formatMoney, useLanguage, useMessages } from '@eip/theme'
import { Button, Loader } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useRegion } from '../region/use-region.ts'
import type { Cart } from './cart-lines.ts'
import { cartMessages } from './cart-messages.ts'
import classes from './checkout-notice.module.css'
import { CheckoutNotice } from './checkout-notice.tsx'
import type { Card } from './payment-choice.tsx'
import type { CheckoutAsked, Settled } from './settle-checkout.ts'
import { useSetCartLine } from './use-cart.ts'
import type { useCheckout } from './use-checkout.ts'
import { useTellFailed } from './use-tell-failed.ts'

type CheckoutAnswerProps = Readonly<{
  checkout: ReturnType<typeof useCheckout>
  cart: Cart | undefined
  card: Card
}>

/** What the shopper should know of the checkout: that it waits, how it ended, and what can be done now. */
export function CheckoutAnswer({ checkout, cart, card }: CheckoutAnswerProps) {
  const t = useMessages(cartMessages)
  const { state, goOn } = checkout
  if (state.phase === 'open') return null
  if (state.phase === 'unfinished')
    return (
      <CheckoutNotice
        tone="warning"
        title={t('unfinished')}
        actions={<Button onClick={() => goOn(state.asked)}>{t('finish')}</Button>}
      >
        <p>{t('unfinishedText')}</p>
      </CheckoutNotice>
    )
  if (state.phase === 'asking') {
    const waits = { server: t('waitsForServer'), payment: t('waitsForPayment') }
    return (
      <p className={classes.waits}>
        <Loader size={18} aria-hidden />
        <span>{state.waitsFor === null ? t('asking') : waits[state.waitsFor]}</span>
      </p>
    )
  }
  return <Answered checkout={checkout} cart={cart} card={card} asked={state.asked} answer={state.answer} />
}

type AnsweredProps = CheckoutAnswerProps & Readonly<{ asked: CheckoutAsked; answer: Settled }>

function Answered(props: AnsweredProps) {
  const t = useMessages(cartMessages)
  const { answer, asked, checkout } = props
  switch (answer.outcome) {
    case 'insufficient':
      return <Insufficient {...props} lines={answer.lines} />
    case 'repriced':
      return <Repriced {...props} total={answer.total} />
    case 'declined':
      return (
        <CheckoutNotice tone="failed" title={t('declined')}>
          <p>{t('declinedText')}</p>
          {answer.reason.trim() !== '' && (
            <p className={classes.aside}>{t('declinedWhy', { reason: answer.reason })}</p>
          )}
        </CheckoutNotice>
      )
    case 'refused':
      return <FailureNotice failure={answer.failure} />
    case 'failed':
      return (
        <>
          <FailureNotice failure={answer.failure} onRetry={() => checkout.goOn(asked)} />
          <p className={classes.aside}>
            {t('failedText')} <Link to="/orders">{t('toOrders')}</Link>
          </p>
        </>
      )
    case 'placed':
      return null
  }
}

type Shortage = Extract<Settled, { outcome: 'insufficient' }>['lines']

function Insufficient({ cart, checkout, lines }: AnsweredProps & Readonly<{ lines: Shortage }>) {
  const t = useMessages(cartMessages)
  const { mutateAsync, isPending } = useSetCartLine()
  const tellFailed = useTellFailed()
  const titles = new Map(cart?.lines.map(({ productId, title }) => [productId, title]))
  const setToLeft = async () => {
    const wanted = lines.map(({ productId, available }) => ({ productId, quantity: Math.max(available, 0) }))
    await Promise.all(wanted.map((line) => mutateAsync(line))).then(checkout.reopen, tellFailed)
  }
  const isGone = lines.some(({ available }) => available <= 0)
  return (
    <CheckoutNotice
      tone="warning"
      title={isGone ? t('lastPiece') : t('notEnough')}
      actions={
        <Button loading={isPending} onClick={() => void setToLeft()}>
          {t('setToLeft')}
        </Button>
      }
    >
      <ul>
        {lines.map(({ productId, wanted, available }) => (
          <li key={productId} dir="auto">
            {available <= 0
              ? t('goneLine', { title: titles.get(productId) ?? productId, wanted })
              : t('fewerLine', { title: titles.get(productId) ?? productId, wanted, available })}
          </li>
        ))}
      </ul>
      <p className={classes.aside}>{t('nothingTaken')}</p>
    </CheckoutNotice>
  )
}

function Repriced({ asked, checkout, card, total }: AnsweredProps & Readonly<{ total: CheckoutAsked['expected'] }>) {
  const { language } = useLanguage()
  const t = useMessages(cartMessages)
  const region = useRegion()
  const [before, after] = [formatMoney(asked.expected, language), formatMoney(total, language)]
  const where = region === '' ? null : region
  return (
    <CheckoutNotice
      tone="warning"
      title={t('repriced')}
      actions={
        <>
          <Button onClick={() => checkout.buy({ expected: total, region: where, paymentToken: card })}>
            {t('buyRepriced', { total: after })}
          </Button>
          <Button variant="default" onClick={checkout.reopen}>
            {t('toCart')}
          </Button>
        </>
      }
    >
      <p>{t('repricedText', { before, after })}</p>
    </CheckoutNotice>
  )
}
