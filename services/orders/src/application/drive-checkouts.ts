import type { Clock } from '@eip/kernel'
import type { Logger } from '@eip/telemetry'
import { declined, orderOf, type StandingCheckout, undoing } from '../domain/checkout.ts'
import { changeOf } from '../domain/order-change.ts'
import type { CheckoutBook } from '../ports/checkout-book.port.ts'
import { type CheckoutStepNeeds, takeStep } from './checkout-steps.ts'
import { occasionOf } from './occasion.ts'

export type DrivingNeeds = CheckoutStepNeeds & Readonly<{ checkouts: CheckoutBook; clock: Clock; logger: Logger }>

/** Where a checkout stands after as many steps as could be taken, and what held it up, if anything. */
export type Driven = Readonly<{ standing: StandingCheckout; trouble: unknown }>

/**
 * How long after its last step a checkout is taken up by who did not begin it: longer than any one call takes, so that nobody gives up
 * what is under way elsewhere.
 */
export const patienceMs = 10_000

/** Checkouts taken up at once. */
const batchSize = 50

/**
 * Brings checkouts to their end, from whatever step they stand at. Every step is written down before the next call is made, and only if
 * nobody else took one meanwhile; so two who drive the same checkout, in this process or another, come to one end.
 */
export function driveCheckouts(needs: DrivingNeeds) {
  const { checkouts, clock, logger } = needs
  const due = () => clock.now() + patienceMs

  async function onward(begun: StandingCheckout): Promise<Driven> {
    let standing = begun
    while (standing.checkout.step !== 'ended') {
      const step = await takeStep(needs, standing.checkout)
      if ('unknown' in step) return { standing, trouble: step.unknown }
      standing =
        'captured' in step
          ? await checkouts.place(standing, step.captured, (before) => {
              const occasion = occasionOf(clock)
              return changeOf(before, orderOf(step.captured, occasion.now), occasion.now, occasion)
            })
          : await checkouts.advance(standing, step.next, due())
    }
    return { standing, trouble: null }
  }

  const underWay = new Map<string, Promise<Driven>>()
  /** Who asks for one that is under way in this process waits for the same end. */
  const drive = (standing: StandingCheckout): Promise<Driven> => {
    const { checkoutId } = standing.checkout
    const running = underWay.get(checkoutId)
    if (running !== undefined) return running
    const driven = onward(standing).finally(() => underWay.delete(checkoutId))
    underWay.set(checkoutId, driven)
    return driven
  }

  /** Whoever began it was told that nothing was taken, or nothing at all: it goes no further. */
  const givenUp = (standing: StandingCheckout): Promise<StandingCheckout> => {
    if (standing.checkout.step !== 'begun') return Promise.resolve(standing)
    const why = declined('It was given up, as stock did not answer; nothing was taken.')
    return checkouts.advance(standing, undoing(standing.checkout, why), due())
  }

  /** Brings one that somebody else asked for to its end; one that is under way here is waited for. */
  const end = async (standing: StandingCheckout): Promise<Driven> =>
    underWay.get(standing.checkout.checkoutId) ?? drive(await givenUp(standing))

  /** Whether it was there to be taken up. */
  async function takeUp(seen: StandingCheckout): Promise<boolean> {
    const { checkoutId } = seen.checkout
    if (underWay.has(checkoutId) || !(await checkouts.postpone(seen, due()))) return false
    const { standing, trouble } = await end({ ...seen, version: seen.version + 1 })
    const { step } = standing.checkout
    if (step !== 'ended') logger.warn({ err: trouble, checkoutId, step }, 'a checkout still waits for its end')
    return true
  }

  return Object.freeze({
    due,
    drive,
    end,
    /** Takes up all that nobody has worked on for a while. One that fails holds no other back: it comes again later. */
    async sweep(signal: AbortSignal): Promise<void> {
      while (!signal.aborted) {
        const found = await checkouts.due(clock.now(), batchSize)
        let taken = 0
        for (const seen of found)
          try {
            if (signal.aborted) return
            if (await takeUp(seen)) taken += 1
          } catch (error) {
            logger.error({ err: error, checkoutId: seen.checkout.checkoutId }, 'a checkout could not be taken up')
          }
        if (found.length < batchSize || taken === 0) return
      }
    },
    /** Resolves when nothing is under way in this process any more. */
    async settle(): Promise<void> {
      await Promise.allSettled(underWay.values())
    },
  })
}

export type CheckoutDriving = ReturnType<typeof driveCheckouts>
