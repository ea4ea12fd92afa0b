import { setTimeout as wait } from 'node:timers/promises'
import { faultOf, noAnswer, type PlatformClient } from './platform-client.ts'
import { addUnits, scarce, type Units } from './stock-shop.ts'

export type Keeper = Readonly<{
  /** Ends when what is under way is acknowledged; answers with all that was wrong, each once. */
  stop(): Promise<readonly string[]>
}>

/** Between two operations: buyers are to want more than comes in. */
const pauseMs = 100
/** Every so many operations the shelf has one piece fewer than the books, and every third time one more. */
const adjusting = 4

const operationOf = (n: number) => {
  const productId = scarce[(n * 17) % scarce.length]!
  if (n % adjusting !== 0) return { path: '/stock/receipts', productId, quantity: 1 + (n % 3), note: 'from the maker' }
  return { path: '/stock/adjustments', productId, quantity: n % (3 * adjusting) === 0 ? 1 : -1, note: 'looked again' }
}

/** One who receives goods and mends counts all the time, each by one operation id until it is answered. Notes what was taken. */
export function startKeeper({ ask }: Pick<PlatformClient, 'ask'>, name: string, kept: Units): Keeper {
  const wrong = new Set<string>()
  let isOver = false

  async function keep(n: number): Promise<void> {
    const { path, productId, quantity, note } = operationOf(n)
    const line = { productId, quantity }
    const what = path === '/stock/receipts' ? { lines: [line] } : line
    for (;;) {
      const answer = await ask(path, { operationId: `${name}/${n}`, note, ...what }).catch(noAnswer)
      if (answer.status === 200) return void addUnits(kept, productId, quantity)
      // There is nothing left that could be missing.
      if ((answer.body.error as { code?: string }).code === 'inventory.below-zero') return
      const fault = faultOf(answer)
      if (fault !== null) wrong.add(`${path}: ${fault}`)
      if (fault !== null && isOver) return
      await wait(pauseMs)
    }
  }
  async function keepAll(): Promise<void> {
    for (let n = 1; !isOver; n++) {
      await keep(n)
      await wait(pauseMs)
    }
  }
  const keeping = keepAll()
  return Object.freeze({
    async stop() {
      isOver = true
      await keeping
      return [...wrong]
    },
  })
}
