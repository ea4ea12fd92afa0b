import { formatMoney, useLanguage, useMessages } from '@eip/theme'
import { Button } from '@mantine/core'
import { IconTruckDelivery } from '@tabler/icons-react'
import { useIsMutating, useQueries } from '@tanstack/react-query'
import { slowest, wholeDays } from '../delivery/promise-words.ts'
import { deliveryQuery } from '../delivery/use-delivery.ts'
import { useRegion } from '../region/use-region.ts'
import { type Cart, piecesIn } from './cart-lines.ts'
import { cartMessages } from './cart-messages.ts'
import classes from './checkout-panel.module.css'
import { type Card, PaymentChoice } from './payment-choice.tsx'
import { cartKey } from './use-cart.ts'
import type { useCheckout } from './use-checkout.ts'

type CheckoutPanelProps = Readonly<{
  cart: Cart
  checkout: ReturnType<typeof useCheckout>
  card: Card
  onCard: (card: Card) => void
}>

function useArrival(cart: Cart) {
  const region = useRegion()
  const answers = useQueries({ queries: cart.lines.map(({ productId }) => deliveryQuery(productId, region)) })
  const promises = answers.map(({ data }) => data?.promise)
  return {
    region,
    isKnown: answers.every(({ isPending }) => !isPending),
    days: slowest(promises.map((promise) => promise?.days)),
    isRefused: promises.some((promise) => promise?.isDeliverable === false),
  }
}

/** What keeps the cart from being bought; null: nothing. */
function useObstacle({ lines, total }: Cart, isRefused: boolean, region: string): string | null {
  const t = useMessages(cartMessages)
  if (lines.some(({ unitPrice }) => unitPrice === null)) return t('mendNotSold')
  if (isRefused && region !== '') return t('mendNotDelivered', { region })
  return total === null ? t('mendCurrencies') : null
}

/** The total, the arrival, how it is paid, and the one button that buys. */
export function CheckoutPanel({ cart, checkout, card, onCard }: CheckoutPanelProps) {
  const { language } = useLanguage()
  const t = useMessages(cartMessages)
  const arrival = useArrival(cart)
  const isChanging = useIsMutating({ mutationKey: cartKey }) > 0
  const obstacle = useObstacle(cart, arrival.isRefused, arrival.region)
  const { total } = cart
  const { phase } = checkout.state
  const isBusy = phase === 'asking' || phase === 'unfinished'
  const price = total === null ? null : formatMoney(total, language)
  const region = arrival.region === '' ? null : arrival.region
  return (
    <section className={classes.panel} aria-labelledby="order">
      <h2 id="order">{t('summary')}</h2>
      <dl className={classes.sum} aria-busy={isChanging}>
        <dt>
          {t('total')} <span className={classes.pieces}>{t('pieces', { count: piecesIn(cart) })}</span>
        </dt>
        <dd data-waits={isChanging || undefined}>{price ?? '—'}</dd>
      </dl>
      {arrival.isKnown && !arrival.isRefused && <Arrival days={arrival.days} region={arrival.region} />}
      <PaymentChoice card={card} onCard={onCard} isBusy={isBusy} />
      {obstacle !== null && (
        <p className={classes.obstacle} role="status">
          {obstacle}
        </p>
      )}
      <Button
        size="md"
        fullWidth
        disabled={obstacle !== null || isChanging || phase === 'unfinished'}
        loading={phase === 'asking'}
        onClick={() => total !== null && checkout.buy({ expected: total, region, paymentToken: card })}
      >
        {price === null ? t('buyNow') : t('buy', { total: price })}
      </Button>
    </section>
  )
}

function Arrival({ days, region }: Readonly<{ days: number | null; region: string }>) {
  const t = useMessages(cartMessages)
  if (days === null) return <p className={classes.arrival}>{t('arrivalUnknown')}</p>
  const count = wholeDays(days)
  return (
    <p className={classes.arrival}>
      <IconTruckDelivery size={17} stroke={1.7} aria-hidden />
      {region === '' ? t('arrival', { count }) : t('arrivalTo', { count, region })}
    </p>
  )
}
