import type { Database, MigrationSet, Transaction } from '@eip/database'
import { rpcFailure } from '@eip/rpc'
import type { Authorisation, Payment } from '../ports/payment.port.ts'

type PaymentState = 'authorised' | 'declined' | 'captured' | 'voided'

export type StubPaymentTables = {
  /** `is_told`: whoever asked for it has had an answer. */
  stub_payment: { payment_key: string; state: PaymentState; is_told: number }
}

export const stubPaymentMigrations: MigrationSet = Object.freeze({
  owner: 'orders-stub-payment',
  migrations: [
    {
      name: '0001-payments',
      sql: `
        CREATE TABLE stub_payment (
          payment_key TEXT PRIMARY KEY, state TEXT NOT NULL, is_told INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID`,
    },
  ],
})

type Query = Transaction<StubPaymentTables>['query']

const authorisationOf = (state: PaymentState): Authorisation => {
  if (state === 'voided') return { outcome: 'voided' }
  return state === 'declined' ? { outcome: 'declined', reason: 'The bank declined it.' } : { outcome: 'authorised' }
}

async function stateIn(query: Query, key: string) {
  const asked = query.selectFrom('stub_payment').select(['state', 'is_told']).where('payment_key', '=', key)
  return (await asked.executeTakeFirst()) ?? null
}

async function keep(query: Query, key: string, state: PaymentState, isTold: boolean): Promise<void> {
  const values = { state, is_told: Number(isTold) }
  const insert = query.insertInto('stub_payment').values({ payment_key: key, ...values })
  await insert.onConflict((conflict) => conflict.column('payment_key').doUpdateSet(values)).execute()
}

/**
 * Moves no money. The token `declined` is declined; on `timeout` the payment is authorised and the first answer is lost; every other
 * token pays. It keeps what it knows in the service's database, as a provider would. With `stubPaymentMigrations` among its migrations.
 */
export function stubPayment(database: Database<StubPaymentTables>): Payment {
  const inTurn = <Answer>(work: (query: Query) => Promise<Answer>) =>
    database.transaction(async (tx) => {
      await tx.lock('stub_payment')
      return work(tx.query)
    })
  const authorise = (key: string, token: string) =>
    inTurn(async (query) => {
      const known = await stateIn(query, key)
      const state = known?.state ?? (token === 'declined' ? 'declined' : 'authorised')
      const isTold = known !== null || token !== 'timeout'
      if (known?.is_told !== 1) await keep(query, key, state, isTold)
      return isTold ? authorisationOf(state) : null
    })
  return Object.freeze({
    async authorise({ key, token }) {
      const authorisation = await authorise(key, token)
      if (authorisation === null) throw rpcFailure('rpc.deadline', 'the payment provider did not answer in time')
      return authorisation
    },
    capture: (key) =>
      inTurn(async (query) => {
        const state = (await stateIn(query, key))?.state
        if (state !== 'authorised' && state !== 'captured') return { outcome: 'lapsed' as const }
        await keep(query, key, 'captured', true)
        return { outcome: 'captured' as const }
      }),
    void: (key) =>
      inTurn(async (query) => {
        const state = (await stateIn(query, key))?.state
        if (state !== 'declined') await keep(query, key, 'voided', true)
      }),
  } satisfies Payment)
}
