import type { InventoryContract } from '@eip/contracts'
import type { Handlers } from '@eip/rpc'
import { summed } from '../domain/reservation.ts'
import { decideConfirmation, decideRelease, decideReserving } from '../domain/reserving.ts'
import { decideRestoring } from '../domain/restoring.ts'
import type { InventoryMetrics } from './inventory-metrics.ts'
import type { LedgerWriter } from './ledger-writer.ts'

type Needs = Readonly<{ writer: LedgerWriter; metrics: InventoryMetrics }>

/** Goods that are held for somebody, leave, or come back. */
export const keepReservations = ({
  writer,
  metrics,
}: Needs): Pick<Handlers<InventoryContract>, 'reserve' | 'confirm' | 'release' | 'restore'> => ({
  async reserve({ reservationId, lines: given, ttlSeconds }, call) {
    const start = performance.now()
    const lines = summed(given)
    const productIds = lines.map(({ productId }) => productId)
    const request = { reservationId, lines, ttlMs: ttlSeconds * 1_000 }
    const answer = await writer.write({ productIds, reservationId }, call, (standing, occasion) =>
      decideReserving(request, standing, occasion),
    )
    metrics.reserved(answer.outcome, (performance.now() - start) / 1_000)
    if (answer.outcome === 'reserved') return { ...answer, expiresAt: new Date(answer.expiresAt).toISOString() }
    return answer.outcome === 'insufficient' ? { ...answer, lines: [...answer.lines] } : answer
  },
  async confirm({ reservationId }, call) {
    const outcome = await writer.write({ reservationId }, call, (standing, occasion) =>
      decideConfirmation(reservationId, standing, occasion),
    )
    return { outcome }
  },
  async release({ reservationId }, call) {
    const outcome = await writer.write({ reservationId }, call, (standing, occasion) =>
      decideRelease(reservationId, standing, occasion),
    )
    return { outcome }
  },
  async restore({ lines: given, ...request }, call) {
    const { operationId, reservationId } = request
    const lines = summed(given)
    const { outcome, refused } = await writer.write({ reservationId, operationId }, call, (standing, occasion) =>
      decideRestoring({ ...request, lines }, standing, occasion),
    )
    return { outcome, refused: [...refused] }
  },
})
