import { type Envelope, type LogisticsScore, type StockChanged, scoreChanged, stockChanged } from '@eip/contracts'

const at = Date.UTC(2026, 0, 1)

const envelope = <Payload>(schema: string, key: string, version: number, payload: Payload | null) =>
  ({
    ...{ id: `${schema}/${key}@${version}`, schema, key, version, occurredAt: at, recordedAt: at, market: {} },
    ...{ deleted: payload === null, payload },
  }) satisfies Envelope<Payload>

/** `atp`: null where inventory knows nothing of the product any more. */
export function stockOf(productId: string, version: number, atp: number | null): Envelope<StockChanged> {
  if (atp === null) return envelope(stockChanged.schema, productId, version, null)
  const amounts = { onHand: atp, reserved: 0, atp }
  return envelope(stockChanged.schema, productId, version, {
    ...{ productId, ...amounts, dailySales: 2, daysOfCover: atp / 2, lowStockAt: null, isLow: false },
    ...{ isGenerated: false, demand: { asked: 0, unmet: 0 } },
    change: { operationId: `o${version}`, reason: 'received', quantity: atp, before: amounts, after: amounts },
  })
}

export const scoreOf = (productId: string, version: number, score: number | null): Envelope<LogisticsScore> =>
  envelope(
    scoreChanged.schema,
    productId,
    version,
    score === null
      ? null
      : {
          ...{ productId, score, delayRate: 0.25, returnRate: 0.125, shortageRate: 0, cancellationRate: 0.5 },
          ...{ leadTimeDays: 4, seller: 'north', sellerRegion: null, regions: ['SP', 'RJ'], coverage: 3 },
        },
  )
