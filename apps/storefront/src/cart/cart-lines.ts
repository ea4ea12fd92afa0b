import type { api } from '../api.ts'

export type Cart = Awaited<ReturnType<typeof api.getCart>>
export type CartLine = Cart['lines'][number]

type Line = Readonly<{ productId: string; quantity: number }>

/** How many pieces a cart holds, of all products or of one. */
export const piecesIn = (cart: Cart | undefined, productId?: string): number =>
  (cart?.lines ?? [])
    .filter((line) => productId === undefined || line.productId === productId)
    .reduce((sum, { quantity }) => sum + quantity, 0)

/** The cart as it will be. What is new in it has its title and price from the server, and so waits for it. */
export const withLine = (cart: Cart, { productId, quantity }: Line): Cart => ({
  ...cart,
  lines: cart.lines.flatMap((line) => {
    if (line.productId !== productId) return [line]
    return quantity === 0 ? [] : [{ ...line, quantity }]
  }),
})
