import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../api.ts'
import { type Cart, withLine } from './cart-lines.ts'

export const cartKey = ['cart']

/** The most of one product that a cart takes. */
export const mostPieces = 10_000

export const cartQuery = {
  queryKey: cartKey,
  queryFn: ({ signal }: { signal: AbortSignal }) => api.getCart({}, { signal }),
  staleTime: 10_000,
}

export const useCart = () => useQuery(cartQuery)

type Line = Readonly<{ productId: string; quantity: number }>

/**
 * Says how many of a product the cart holds. The number is seen at once, prices and the total as the server answers them.
 * Changes go one after the other: the last one that a shopper made is the last one that the server hears.
 */
export function useSetCartLine() {
  const client = useQueryClient()
  return useMutation({
    mutationKey: cartKey,
    scope: { id: 'cart' },
    mutationFn: ({ productId, quantity }: Line) => api.setCartLine({ productId, quantity }),
    async onMutate(line) {
      await client.cancelQueries({ queryKey: cartKey })
      client.setQueryData<Cart>(cartKey, (cart) => cart && withLine(cart, line))
    },
    onSuccess(cart) {
      if (client.isMutating({ mutationKey: cartKey }) <= 1) client.setQueryData<Cart>(cartKey, cart)
    },
    onError: () => client.invalidateQueries({ queryKey: cartKey }),
  })
}
