import { newId } from '@eip/kernel'
import { newTrace } from '@eip/rpc'
import { hasDrifted, type Stock } from '../domain/stock.ts'
import { decideDrift } from '../domain/stocking.ts'
import type { StockLedger } from '../ports/stock-ledger.port.ts'
import type { LedgerWriter } from './ledger-writer.ts'

type Needs = Readonly<{ ledger: Pick<StockLedger, 'stockAfter'>; writer: LedgerWriter }>

const productsAtOnce = 200

/** Forecasts sink while nothing is sold: publishes the stock of those whose days of cover are no longer what was published. */
export async function publishDrift({ ledger, writer }: Needs, signal: AbortSignal): Promise<void> {
  const operationId = newId()
  const call = { trace: newTrace() }
  let after: string | null = null
  while (!signal.aborted) {
    const stocks: readonly Stock[] = await ledger.stockAfter(after, productsAtOnce, 'all')
    const { at } = await writer.moment()
    const drifted = stocks.filter((stock) => hasDrifted(stock, at))
    await Promise.all(
      drifted.map(({ productId }) =>
        writer.write({ productIds: [productId] }, call, (standing, occasion) =>
          decideDrift({ productId, operationId }, standing, occasion),
        ),
      ),
    )
    if (stocks.length < productsAtOnce) return
    after = stocks.at(-1)!.productId
  }
}
