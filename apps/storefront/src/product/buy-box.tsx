import { useMessages } from '@eip/theme'
import { Button, Skeleton, VisuallyHidden } from '@mantine/core'
import { IconShoppingBagPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { buyMessages } from '../cart/buy-messages.ts'
import { QuantityField } from '../cart/quantity-field.tsx'
import { useAddToCart } from '../cart/use-add-to-cart.ts'
import { PromiseFact, StockFact } from '../delivery/delivery-facts.tsx'
import { deliveryMessages } from '../delivery/delivery-messages.ts'
import { useDelivery } from '../delivery/use-delivery.ts'
import classes from './buy-box.module.css'
import type { Product } from './use-product.ts'

type BuyBoxProps = Readonly<{ product: Product }>

/** Whether it can be had, when it arrives, and the way into the cart. */
export function BuyBox({ product: { id, title, price } }: BuyBoxProps) {
  const t = useMessages(deliveryMessages)
  const { data, error, failureReason } = useDelivery(id)
  const isMissing = data === undefined && (error ?? failureReason) !== null
  const canBeHad = data?.stock?.notice !== 'out-of-stock' && data?.promise?.isDeliverable !== false
  return (
    <section className={classes.box} aria-label={t('delivery')}>
      {data && (
        <>
          <StockFact stock={data.stock} />
          <PromiseFact promise={data.promise} />
        </>
      )}
      {isMissing && (
        <>
          <StockFact stock={null} />
          <PromiseFact promise={null} />
        </>
      )}
      {!data && !isMissing && (
        <div aria-busy="true">
          <VisuallyHidden role="status">{t('looking')}</VisuallyHidden>
          <Skeleton h={18} w="40%" mb={10} />
          <Skeleton h={18} w="70%" />
        </div>
      )}
      {price !== null && canBeHad && <AddToCart id={id} title={title} most={data?.stock?.left ?? undefined} />}
    </section>
  )
}

type AddToCartProps = Readonly<{ id: string; title: string; most: number | undefined }>

function AddToCart({ id, title, most }: AddToCartProps) {
  const t = useMessages(buyMessages)
  const [pieces, setPieces] = useState(1)
  const { held, add, isPending } = useAddToCart(id, title)
  const limit = most === undefined || most < 1 ? {} : { most }
  return (
    <div className={classes.add}>
      <QuantityField value={pieces} of={title.slice(0, 120)} onChange={setPieces} {...limit} />
      <Button
        size="md"
        leftSection={<IconShoppingBagPlus size={18} aria-hidden />}
        loading={isPending}
        onClick={() => add(pieces)}
      >
        {t('add')}
      </Button>
      {held > 0 && <span className={classes.held}>{t('inCart', { count: held })}</span>}
    </div>
  )
}
