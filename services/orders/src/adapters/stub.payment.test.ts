import { type PaymentHarness, paymentContract } from '../ports/payment.contract.ts'
import { onEveryDatabase, type Stores } from '../testing/sql-stores.ts'

const tokens = { pays: 'card', declines: 'declined', losesTheFirstAnswer: 'timeout' }

onEveryDatabase((open) => {
  const harness = ({ payment, reopen, close }: Stores): PaymentHarness => ({
    ...{ payment, tokens, close },
    reopen: async () => harness(await reopen()),
  })
  paymentContract(async () => harness(await open()))
})
