import { expect, it } from 'vitest'
import type { Payment } from './payment.port.ts'

/** What a provider answers to which token is its own: the suite is told. */
export type PaymentHarness = Readonly<{
  payment: Payment
  tokens: Readonly<{ pays: string; declines: string; losesTheFirstAnswer: string }>
  reopen(): Promise<PaymentHarness>
  close(): Promise<void>
}>

/** Every law of the port, one test each. */
export function paymentContract(open: () => Promise<PaymentHarness>): void {
  const withPayment = async (work: (harness: PaymentHarness) => Promise<void>) => {
    const harness = await open()
    await work(harness).finally(() => harness.close())
  }
  const asked = (token: string, key = 'k1') => ({ key, amount: { amount: 1_000, currency: 'USD' }, token })
  const isTemporaryFailure = expect.objectContaining({ kind: expect.stringMatching(/^(deadline|unavailable)$/) })

  it('answers the same to the same key, whatever is asked how often', () =>
    withPayment(async ({ payment, tokens }) => {
      for (let times = 0; times < 3; times++)
        expect(await payment.authorise(asked(tokens.pays))).toEqual({ outcome: 'authorised' })
      for (let times = 0; times < 3; times++) expect(await payment.capture('k1')).toEqual({ outcome: 'captured' })
      expect(await payment.authorise(asked(tokens.pays))).toEqual({ outcome: 'authorised' })
    }))

  it('stays with what it declined, and takes nothing of it', () =>
    withPayment(async ({ payment, tokens }) => {
      const answer = await payment.authorise(asked(tokens.declines))
      expect(answer.outcome).toBe('declined')
      expect(await payment.authorise(asked(tokens.declines))).toEqual(answer)
      expect(await payment.capture('k1')).toEqual({ outcome: 'lapsed' })
      await payment.void('k1')
    }))

  it('tells by the key what became of a payment whose answer was lost', () =>
    withPayment(async ({ payment, tokens }) => {
      await expect(payment.authorise(asked(tokens.losesTheFirstAnswer))).rejects.toEqual(isTemporaryFailure)
      expect(await payment.authorise(asked(tokens.losesTheFirstAnswer))).toEqual({ outcome: 'authorised' })
    }))

  it('captures only what was authorised', () =>
    withPayment(async ({ payment }) => {
      expect(await payment.capture('never')).toEqual({ outcome: 'lapsed' })
    }))

  it('lets go of what was set aside, and of what was taken', () =>
    withPayment(async ({ payment, tokens }) => {
      for (const key of ['set aside', 'taken']) await payment.authorise(asked(tokens.pays, key))
      await payment.capture('taken')
      for (const key of ['set aside', 'taken', 'taken']) await payment.void(key)
      expect(await payment.capture('set aside')).toEqual({ outcome: 'lapsed' })
      expect(await payment.authorise(asked(tokens.pays, 'taken'))).toEqual({ outcome: 'voided' })
    }))

  it('remembers what was voided before it came', () =>
    withPayment(async ({ payment, tokens }) => {
      await payment.void('k1')
      expect(await payment.authorise(asked(tokens.pays))).toEqual({ outcome: 'voided' })
    }))

  it('remembers all that over a restart of ours', async () => {
    const before = await open()
    await before.payment.authorise(asked(before.tokens.declines)).catch(() => {})
    await before.payment.authorise(asked(before.tokens.losesTheFirstAnswer, 'k2')).catch(() => {})
    const { payment, tokens, close } = await before.reopen()
    expect((await payment.authorise(asked(tokens.declines))).outcome).toBe('declined')
    expect((await payment.authorise(asked(tokens.losesTheFirstAnswer, 'k2'))).outcome).toBe('authorised')
    await close()
  })
}
