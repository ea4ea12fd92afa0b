import { hash } from 'node:crypto'

export type ReservationLine = Readonly<{ productId: string; place: string; quantity: number; restored: number }>

/** `refused`: stock did not meet it; it may still come about. */
export type ReservationState = 'held' | 'confirmed' | 'released' | 'expired' | 'refused'

/** `linesHash` is empty where it was released before it came. */
export type Reservation = Readonly<{
  id: string
  state: ReservationState
  linesHash: string
  /** In the ledger's time. */
  expiresAt: number
  lines: readonly ReservationLine[]
}>

export type Wanted = Readonly<{ productId: string; quantity: number }>

/** One line a product, by product id. */
export function summed(lines: readonly Wanted[]): readonly Wanted[] {
  const quantities = new Map<string, number>()
  for (const { productId, quantity } of lines) quantities.set(productId, (quantities.get(productId) ?? 0) + quantity)
  return [...quantities.keys()].sort().map((productId) => ({ productId, quantity: quantities.get(productId)! }))
}

/** Says whether two were about the same thing. */
export const contentHash = (content: unknown): string => hash('sha256', JSON.stringify(content), 'base64')
