import { useMessages } from '@eip/theme'
import { useQueryClient } from '@tanstack/react-query'
import { tell } from '../shop-notice.tsx'
import { buyMessages } from './buy-messages.ts'
import { piecesIn } from './cart-lines.ts'
import { cartQuery, mostPieces, useCart, useSetCartLine } from './use-cart.ts'
import { useTellFailed } from './use-tell-failed.ts'

const shortTitle = (title: string): string => (title.length > 70 ? `${title.slice(0, 70).toWellFormed()}…` : title)

/** Puts pieces of a product into the cart, beside those that are there, and tells what became of it. */
export function useAddToCart(productId: string, title: string) {
  const t = useMessages(buyMessages)
  const tellFailed = useTellFailed()
  const client = useQueryClient()
  const { data } = useCart()
  const { mutateAsync, isPending } = useSetCartLine()
  const add = async (pieces: number) => {
    try {
      // What is in the cart is to stay there; and whoever is new is known to the server from its first answer on.
      const held = piecesIn(await client.ensureQueryData(cartQuery), productId)
      await mutateAsync({ productId, quantity: Math.min(held + pieces, mostPieces) })
      tell({ text: t('added', { title: shortTitle(title) }), tone: 'done', leads: 'cart' })
    } catch (error) {
      tellFailed(error)
    }
  }
  return { held: piecesIn(data, productId), add: (pieces: number) => void add(pieces), isPending }
}
