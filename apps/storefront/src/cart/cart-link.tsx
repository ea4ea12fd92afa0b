import { formatNumber, useLanguage, useMessages } from '@eip/theme'
import { ActionIcon, VisuallyHidden } from '@mantine/core'
import { IconPackage, IconShoppingBag } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { buyMessages } from './buy-messages.ts'
import { piecesIn } from './cart-lines.ts'
import classes from './cart-link.module.css'
import { useCart } from './use-cart.ts'

/** The ways to the shopper's own pages; the cart says how many pieces it holds. */
export function OwnPages() {
  const { language } = useLanguage()
  const t = useMessages(buyMessages)
  const { data } = useCart()
  const pieces = piecesIn(data)
  const cart = pieces === 0 ? t('cart') : t('cartHolds', { count: pieces })
  return (
    <>
      <ActionIcon
        variant="default"
        size={30}
        aria-label={t('orders')}
        title={t('orders')}
        renderRoot={(props) => <Link {...props} to="/orders" />}
      >
        <IconPackage size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon
        className={classes.cart ?? ''}
        variant="default"
        size={30}
        title={cart}
        renderRoot={(props) => <Link {...props} to="/cart" />}
      >
        <IconShoppingBag size={16} aria-hidden />
        <VisuallyHidden>{cart}</VisuallyHidden>
        {pieces > 0 && (
          <span className={classes.count} aria-hidden>
            {pieces > 99 ? '99+' : formatNumber(pieces, language)}
          </span>
        )}
      </ActionIcon>
    </>
  )
}
