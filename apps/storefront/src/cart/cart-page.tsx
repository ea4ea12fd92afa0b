import { EmptyState, FailureNotice, useMessages, usePageTitle } from '@eip/theme'
import { Button, Skeleton, VisuallyHidden } from '@mantine/core'
import { IconShoppingBag } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { shopMessages } from '../shop-messages.ts'
import { CartLineRow } from './cart-line-row.tsx'
import type { Cart } from './cart-lines.ts'
import { cartMessages } from './cart-messages.ts'
import classes from './cart-page.module.css'
import { CheckoutAnswer } from './checkout-answer.tsx'
import { CheckoutPanel } from './checkout-panel.tsx'
import type { Card } from './payment-choice.tsx'
import { useCart } from './use-cart.ts'
import { type CheckoutState, useCheckout } from './use-checkout.ts'

const isBusy = ({ phase }: CheckoutState): boolean => phase === 'asking' || phase === 'unfinished'

/** Whoever pressed the button below sees what came of it above. */
function useSeenAnswer(state: CheckoutState) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const hasNews = state.phase === 'answered' || (state.phase === 'asking' && state.waitsFor !== null)
    if (hasNews) place.current?.scrollIntoView({ block: 'nearest' })
  }, [state])
  return place
}

export function CartPage() {
  const t = useMessages(cartMessages)
  const shop = useMessages(shopMessages)
  usePageTitle(t('title'), shop('shop'))
  const { data, error, failureReason, isFetching, refetch } = useCart()
  const checkout = useCheckout()
  const [card, setCard] = useState<Card>('test-card')
  const answers = useSeenAnswer(checkout.state)
  const failure = error ?? failureReason
  const hasLines = data !== undefined && data.lines.length > 0
  return (
    <>
      <h1 className={classes.heading}>{t('title')}</h1>
      {failure && (
        <FailureNotice failure={failure} isRetrying={isFetching && error !== null} onRetry={() => void refetch()} />
      )}
      {/* It stands in the page always, so that screen readers hear what comes into it. */}
      <div ref={answers} aria-live="polite" className={classes.answers}>
        <CheckoutAnswer checkout={checkout} cart={data} card={card} />
      </div>
      {hasLines && (
        <div className={classes.columns}>
          <CartLines cart={data} isBusy={isBusy(checkout.state)} />
          <CheckoutPanel cart={data} checkout={checkout} card={card} onCard={setCard} />
        </div>
      )}
      {data?.lines.length === 0 && !isBusy(checkout.state) && <EmptyCart />}
      {!data && !failure && <CartSkeleton />}
    </>
  )
}

function CartLines({ cart, isBusy: busy }: Readonly<{ cart: Cart; isBusy: boolean }>) {
  const t = useMessages(cartMessages)
  return (
    <section aria-label={t('products')}>
      <ul className={classes.lines}>
        {cart.lines.map((line) => (
          <CartLineRow key={line.productId} line={line} isBusy={busy} />
        ))}
      </ul>
    </section>
  )
}

function EmptyCart() {
  const t = useMessages(cartMessages)
  return (
    <EmptyState
      title={t('empty')}
      icon={IconShoppingBag}
      actions={<Button renderRoot={(props) => <Link {...props} to="/" />}>{t('toShop')}</Button>}
    >
      {t('emptyText')}
    </EmptyState>
  )
}

function CartSkeleton() {
  const t = useMessages(cartMessages)
  return (
    <div aria-busy="true">
      <VisuallyHidden role="status">{t('loading')}</VisuallyHidden>
      <div className={classes.columns} aria-hidden>
        <div className={classes.lines}>
          <Skeleton h={112} radius={12} />
          <Skeleton h={112} radius={12} />
        </div>
        <Skeleton h={320} radius={12} />
      </div>
    </div>
  )
}
