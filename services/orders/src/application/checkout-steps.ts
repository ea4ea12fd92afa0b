import type { InventoryContract } from '@eip/contracts'
import { isFailure, isTemporary } from '@eip/kernel'
import type { Client } from '@eip/rpc'
import { type Checkout, type CheckoutEnd, declined, ended, undoing } from '../domain/checkout.ts'
import type { Authorisation, Payment } from '../ports/payment.port.ts'

/** What of stock's answers a checkout needs. */
export type Stock = Pick<Client<InventoryContract>, 'reserve' | 'confirm' | 'release' | 'restore'>
export type CheckoutStepNeeds = Readonly<{ stock: Stock; payment: Payment }>

/**
 * Where one call has brought a checkout: to its next step, to its order (`captured`), or to nothing that is known (`unknown`): asked
 * again by the same id, whoever was called tells what became of it.
 */
export type StepTaken = Readonly<{ next: Checkout }> | Readonly<{ captured: Checkout }> | Readonly<{ unknown: unknown }>

// In the list of synchronous calls. Not the caller's own deadline: who began goes on when nobody waits any more.
const stockDeadline = { deadlineMs: 500 }

const stockLines = ({ lines }: Checkout) => lines.map(({ productId, quantity }) => ({ productId, quantity }))
const ranOut = declined('What was held for this order ran out before it was paid; nothing was taken.')
const stockOf = (checkout: Checkout) => ({ reservationId: checkout.checkoutId })

async function reserve({ stock }: CheckoutStepNeeds, checkout: Checkout): Promise<StepTaken> {
  const answer = await stock
    .reserve({ ...stockOf(checkout), lines: stockLines(checkout) }, stockDeadline)
    .catch((error: unknown) => {
      if (!isFailure(error) || error.code !== 'inventory.operation-differs') throw error
      return { outcome: 'confirmed' as const }
    })
  switch (answer.outcome) {
    case 'reserved':
      return { next: { ...checkout, step: 'reserved' } }
    case 'insufficient':
      return { next: ended(checkout, { outcome: 'insufficient', lines: answer.lines }) }
    case 'confirmed':
      // It is not ours: what somebody else holds under this id is left alone.
      return { next: ended(checkout, declined('The id of this checkout was used before; nothing was taken.')) }
    default:
      return { next: undoing(checkout, ranOut) }
  }
}

/** A provider that did not answer is asked once more at once; it knows the payment by its key. */
async function authorise({ payment }: CheckoutStepNeeds, checkout: Checkout): Promise<StepTaken> {
  const { checkoutId: key, total: amount, paymentToken: token } = checkout
  const ask = (): Promise<Authorisation> => payment.authorise({ key, amount, token })
  const answer = await ask().catch((error: unknown) => {
    if (!isTemporary(error)) throw error
    return ask()
  })
  if (answer.outcome === 'authorised') return { next: { ...checkout, step: 'authorised' } }
  const reason = answer.outcome === 'declined' ? answer.reason : 'The payment was withdrawn; nothing was taken.'
  return { next: undoing(checkout, declined(reason)) }
}

async function confirm({ stock }: CheckoutStepNeeds, checkout: Checkout): Promise<StepTaken> {
  const { outcome } = await stock.confirm(stockOf(checkout), stockDeadline).catch((error: unknown) => {
    if (!isFailure(error) || error.code !== 'inventory.no-such-reservation') throw error
    return { outcome: 'released' as const }
  })
  return { next: outcome === 'confirmed' ? { ...checkout, step: 'confirmed' } : undoing(checkout, ranOut) }
}

async function capture({ payment }: CheckoutStepNeeds, checkout: Checkout): Promise<StepTaken> {
  const { outcome } = await payment.capture(checkout.checkoutId)
  if (outcome === 'captured') return { captured: ended(checkout, { outcome: 'placed' }) }
  return { next: undoing(checkout, declined('The payment ran out before it was taken; nothing was taken.')) }
}

/** Money first: what is free again could be bought, while what is set aside only waits. */
async function undo({ stock, payment }: CheckoutStepNeeds, checkout: Checkout, end: CheckoutEnd): Promise<StepTaken> {
  await payment.void(checkout.checkoutId)
  const { outcome } = await stock.release(stockOf(checkout), stockDeadline)
  if (outcome === 'confirmed') {
    const operationId = `${checkout.checkoutId}/undone`
    await stock.restore({ operationId, ...stockOf(checkout), lines: stockLines(checkout), by: 'orders' }, stockDeadline)
  }
  return { next: ended(checkout, end) }
}

function taken(needs: CheckoutStepNeeds, checkout: Checkout): Promise<StepTaken> {
  switch (checkout.step) {
    case 'begun':
      return reserve(needs, checkout)
    case 'reserved':
      return authorise(needs, checkout)
    case 'authorised':
      return confirm(needs, checkout)
    case 'confirmed':
      return capture(needs, checkout)
    case 'undoing':
      return undo(needs, checkout, checkout.end!)
    case 'ended':
      return Promise.resolve({ next: checkout })
  }
}

/** Makes the one call that the checkout's step asks for. What is no matter of being away is thrown: it is a defect, and stays visible. */
export const takeStep = (needs: CheckoutStepNeeds, checkout: Checkout): Promise<StepTaken> =>
  taken(needs, checkout).catch((error: unknown) => {
    if (!isTemporary(error)) throw error
    return { unknown: error }
  })
