import { setTimeout as wait } from 'node:timers/promises'
import { type Answer, faultOf, noAnswer, type PlatformClient } from './platform-client.ts'
import { addUnits, scarce, type Units } from './stock-shop.ts'

/** Answers by how they were. `givenUp`: the checkout was declined, as stock did not answer; `refused`: for now, and asked again. */
export type BuyerCounts = Readonly<{ bought: number; outOfStock: number; givenUp: number; refused: number }>

/** What became of each checkout, as its buyer was told. */
export type Endings = Map<string, Readonly<{ outcome: 'placed' | 'insufficient' | 'declined'; lines: Units }>>

type Visit = Readonly<{ checkoutId: string; shopper: string; lines: Units }>

export type Buyers = Readonly<{
  counts(): BuyerCounts
  /** All of them. */
  answers(): number
  /** Buys something as one buyer more; resolves when it is bought. */
  buy(productId: string, quantity: number): Promise<void>
  /** Ends when every checkout has its end, those too that were left open; answers with all that was wrong, each once. */
  stop(): Promise<readonly string[]>
}>

/** Between two attempts, as a browser would wait that was refused for now. */
const pauseMs = 50
/** Every so many visits somebody who is refused walks away, and comes back when all others have gone. */
const impatient = 5

/** The same in every run. */
function wishesOf(place: number, n: number): Units {
  const lines: Units = new Map()
  for (let at = 0; at <= (place + n) % 3; at++)
    addUnits(lines, scarce[(n * 7 + place * 11 + at * 13) % scarce.length]!, 1 + ((n + at) % 2))
  return lines
}

/** Several buyers who fill carts and check them out all the time. Notes what they are told. */
export function startBuyers({ ask }: Pick<PlatformClient, 'ask'>, name: string, endings: Endings, several = 4): Buyers {
  const counts = { bought: 0, outOfStock: 0, givenUp: 0, refused: 0 }
  const kinds = { placed: 'bought', insufficient: 'outOfStock', declined: 'givenUp' } as const
  const wrong = new Set<string>()
  const leftOpen: (() => Promise<void>)[] = []
  let isOver = false
  /** A fault is told in the end: nothing is gained by asking for ever. */
  const isHopeless = () => isOver && wrong.size > 0
  const visitOf = (checkoutId: string, lines: Units): Visit => ({
    checkoutId,
    shopper: `${checkoutId}-0123456789abcdef`,
    lines,
  })

  /** null: refused for now. */
  async function attempt(path: string, body: object, how: Parameters<typeof ask>[2]): Promise<Answer['body'] | null> {
    const answer = await ask(path, body, how).catch(noAnswer)
    const fault = faultOf(answer)
    if (fault !== null) wrong.add(`${path}: ${fault}`)
    if (answer.status === 200) return answer.body
    counts.refused += 1
    await wait(pauseMs)
    return null
  }
  async function fillCart({ lines, shopper }: Visit): Promise<unknown> {
    let cart: Answer['body'] | null = null
    for (const [productId, quantity] of lines)
      do cart = await attempt(`/cart/lines/${productId}`, { quantity }, { method: 'PUT', shopper })
      while (cart === null && !isHopeless())
    return cart?.total
  }
  /** Whether the checkout has come to its end. */
  async function checkOut({ checkoutId, shopper, lines }: Visit, expected: unknown): Promise<boolean> {
    const answer = await attempt('/checkout', { checkoutId, expected, paymentToken: 'card' }, { shopper })
    const outcome = answer?.outcome as keyof typeof kinds | 'pending' | 'repriced' | undefined
    if (outcome === 'repriced') wrong.add(`repriced: ${JSON.stringify(answer)}, expected ${JSON.stringify(expected)}`)
    if (outcome === undefined || outcome === 'pending' || outcome === 'repriced') return false
    counts[kinds[outcome]] += 1
    endings.set(checkoutId, { outcome, lines })
    return true
  }
  async function insist(visit: Visit, expected: unknown): Promise<void> {
    while (!(await checkOut(visit, expected)) && !isHopeless());
  }
  async function shop(place: number): Promise<void> {
    for (let n = 0; !isOver; n++) {
      const visit = visitOf(`${name}-${place}-${n}`, wishesOf(place, n))
      const expected = await fillCart(visit)
      if (n % impatient !== 0) await insist(visit, expected)
      else if (!(await checkOut(visit, expected))) leftOpen.push(() => insist(visit, expected))
    }
  }
  let more = 0
  const shopping = Promise.all(Array.from({ length: several }, (_, place) => shop(place)))
  return Object.freeze({
    counts: () => ({ ...counts }),
    answers: () => Object.values(counts).reduce((sum, count) => sum + count),
    async buy(productId, quantity) {
      for (let isBought = false; !isBought && !isHopeless(); ) {
        const visit = visitOf(`${name}-more-${more++}`, new Map([[productId, quantity]]))
        await insist(visit, await fillCart(visit))
        isBought = endings.get(visit.checkoutId)?.outcome === 'placed'
      }
    },
    async stop() {
      isOver = true
      await shopping
      for (const comeBack of leftOpen) await comeBack()
      return [...wrong]
    },
  })
}
