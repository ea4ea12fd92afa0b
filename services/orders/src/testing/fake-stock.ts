import type { Clock } from '@eip/kernel'
import type { Stock } from '../application/checkout-steps.ts'

type Line = Readonly<{ productId: string; quantity: number }>
type Reservation = {
  state: 'held' | 'confirmed' | 'released' | 'expired'
  lines: readonly Line[]
  expiresAt: number
  restored: Map<string, readonly Line[]>
}

export type FakeStock = Stock & Readonly<{ amounts(productId: string): { onHand: number; reserved: number } }>

/** Inventory's reservations in memory, by the laws of its contract. */
export function fakeStock(clock: Clock, received: Readonly<Record<string, number>>): FakeStock {
  const onHand = new Map(Object.entries(received))
  const reservations = new Map<string, Reservation>()
  const expire = () => {
    for (const each of reservations.values())
      if (each.state === 'held' && each.expiresAt <= clock.now()) each.state = 'expired'
  }
  const reservedOf = (productId: string) =>
    [...reservations.values()]
      .filter(({ state }) => state === 'held')
      .flatMap(({ lines }) => lines)
      .reduce((sum, line) => sum + (line.productId === productId ? line.quantity : 0), 0)
  const move = (lines: readonly Line[], sign: 1 | -1) => {
    for (const { productId, quantity } of lines) onHand.set(productId, (onHand.get(productId) ?? 0) + sign * quantity)
  }
  const shortOf = (lines: readonly Line[]) =>
    lines
      .map(({ productId, quantity: wanted }) => {
        return { productId, wanted, available: (onHand.get(productId) ?? 0) - reservedOf(productId) }
      })
      .filter(({ wanted, available }) => wanted > available)
  const remembered = (reservationId: string, state: Reservation['state'], lines: readonly Line[], expiresAt = 0) => {
    reservations.set(reservationId, { state, lines, expiresAt, restored: new Map() })
  }
  return Object.freeze({
    async reserve({ reservationId, lines, ttlSeconds = 900 }) {
      expire()
      const known = reservations.get(reservationId)
      if (known !== undefined && known.state !== 'held') return { outcome: known.state }
      const expiresAt = known?.expiresAt ?? clock.now() + ttlSeconds * 1_000
      if (known === undefined) {
        const short = shortOf(lines)
        if (short.length > 0) return { outcome: 'insufficient' as const, lines: short }
        remembered(reservationId, 'held', lines, expiresAt)
      }
      return { outcome: 'reserved' as const, expiresAt: new Date(expiresAt).toISOString() }
    },
    async confirm({ reservationId }) {
      expire()
      const known = reservations.get(reservationId)
      if (known === undefined) throw new Error(`no reservation ${reservationId}`)
      if (known.state === 'held') {
        known.state = 'confirmed'
        move(known.lines, -1)
      }
      return { outcome: known.state as 'confirmed' | 'expired' | 'released' }
    },
    async release({ reservationId }) {
      expire()
      const known = reservations.get(reservationId)
      if (known === undefined) remembered(reservationId, 'released', [])
      else if (known.state === 'held') known.state = 'released'
      return { outcome: (known?.state ?? 'released') as 'confirmed' | 'expired' | 'released' }
    },
    async restore({ operationId, reservationId, lines }) {
      const known = reservations.get(reservationId)!
      if (known.restored.has(operationId)) return { outcome: 'repeated' as const, refused: [] }
      known.restored.set(operationId, lines)
      move(lines, 1)
      return { outcome: 'restored' as const, refused: [] }
    },
    amounts: (productId: string) => {
      expire()
      return { onHand: onHand.get(productId) ?? 0, reserved: reservedOf(productId) }
    },
  } satisfies FakeStock)
}
