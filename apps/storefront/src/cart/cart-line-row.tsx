import { formatMoney, ProductPicture, useLanguage, useMessages } from '@eip/theme'
import { Button } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { deliveryMessages } from '../delivery/delivery-messages.ts'
import { canBeHad, FulfilmentText, UnavailableText } from '../delivery/fulfilment-text.tsx'
import type { Delivery } from '../delivery/promise-words.ts'
import { useDelivery } from '../delivery/use-delivery.ts'
import { productQuery } from '../product/use-product.ts'
import type { CartLine } from './cart-lines.ts'
import { cartMessages } from './cart-messages.ts'
import classes from './cart-page.module.css'
import { QuantityField } from './quantity-field.tsx'
import { useSetCartLine } from './use-cart.ts'
import { useTellFailed } from './use-tell-failed.ts'

type CartLineRowProps = Readonly<{ line: CartLine; isBusy: boolean }>

/** A delivery as a hit says it: a notice where there is something to mind, and the days. */
function fulfilmentOf({ stock, promise }: Delivery) {
  const few = stock?.notice === 'low-stock' || stock?.notice === 'out-of-stock' ? stock.notice : null
  const notice = promise?.isDeliverable === false ? ('not-delivered' as const) : few
  return { notice, left: stock?.left ?? null, leadTimeDays: promise?.days ?? null }
}

export function CartLineRow({ line, isBusy }: CartLineRowProps) {
  const t = useMessages(cartMessages)
  const { productId, title, quantity, unitPrice } = line
  const { data: delivery } = useDelivery(productId)
  const { data: known } = useQuery({ ...productQuery(productId), retry: false })
  const { mutate } = useSetCartLine()
  const onError = useTellFailed()
  const set = (pieces: number) => mutate({ productId, quantity: pieces }, { onError })
  return (
    <li className={classes.line}>
      <div className={classes.picture}>
        <ProductPicture
          image={known?.product.images[0]}
          title={title}
          categoryPath={known?.product.categoryPath ?? []}
        />
      </div>
      <div className={classes.what}>
        <Link to="/products/$id" params={{ id: productId }} className={classes.title ?? ''} dir="auto">
          {title}
        </Link>
        {delivery && <LineDelivery delivery={delivery} />}
      </div>
      <LinePrice line={line} />
      <fieldset className={classes.steer} disabled={isBusy} aria-label={title.slice(0, 120)}>
        {unitPrice !== null && <QuantityField value={quantity} of={title.slice(0, 120)} onChange={set} />}
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          leftSection={<IconTrash size={15} aria-hidden />}
          aria-label={t('removeTitle', { title: title.slice(0, 120) })}
          disabled={isBusy}
          onClick={() => set(0)}
        >
          {t('remove')}
        </Button>
      </fieldset>
    </li>
  )
}

function LinePrice({ line: { unitPrice, quantity } }: Readonly<{ line: CartLine }>) {
  const { language } = useLanguage()
  const t = useMessages(cartMessages)
  if (unitPrice === null) return <p className={classes.notSold}>{t('notSold')}</p>
  return (
    <p className={classes.price}>
      {formatMoney({ ...unitPrice, amount: unitPrice.amount * quantity }, language)}
      {quantity > 1 && <span className={classes.each}>{t('each', { price: formatMoney(unitPrice, language) })}</span>}
    </p>
  )
}

/** Stock and arrival of a line; what could not be looked up is said in a quiet line. */
function LineDelivery({ delivery }: Readonly<{ delivery: Delivery }>) {
  const t = useMessages(deliveryMessages)
  const { stock, promise } = delivery
  const fulfilment = fulfilmentOf(delivery)
  return (
    <>
      {canBeHad(fulfilment) ? <FulfilmentText fulfilment={fulfilment} /> : <UnavailableText fulfilment={fulfilment} />}
      {(stock === null || promise === null) && (
        <p className={classes.quiet}>{stock === null ? t('stockMissing') : t('promiseMissing')}</p>
      )}
    </>
  )
}
