import type { Positions } from '@eip/contracts'
import type { ProductChange } from '../product-index-writer.port.ts'
import { turns } from '../turns.ts'

/** Changes that go into one visible step: calls that wait for each other's refresh are put in together. */
const mostTogether = 4_000

type Waiting = Readonly<{ changes: readonly ProductChange[]; positions: Positions; done: PromiseWithResolvers<void> }>

/**
 * One call after the other. Calls of `apply` that wait side by side are put in as one:
 *
 *   apply a │ apply b  apply c  columns d  apply e     a is under way: then b and c together, d, e
 */
export interface Turns {
  apply(changes: readonly ProductChange[], positions: Positions): Promise<void>
  inTurn<Answer>(work: () => Promise<Answer>): Promise<Answer>
}

export function createTurns(put: (changes: readonly ProductChange[], positions: Positions) => Promise<void>): Turns {
  const take = turns()
  /** Calls that the next turn of `apply` takes along; closed by whatever else takes a turn. */
  let open: Waiting[] | null = null

  function inTurn<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    open = null
    return take(work)
  }
  async function putAll(calls: Waiting[]): Promise<void> {
    while (calls.length > 0) {
      const together = takeTogether(calls)
      try {
        const positions = together.map((call) => call.positions)
        await put(
          together.flatMap(({ changes }) => changes),
          Object.assign({}, ...positions),
        )
        for (const { done } of together) done.resolve()
      } catch (error) {
        for (const { done } of together) done.reject(error)
      }
    }
    if (open === calls) open = null
  }
  return Object.freeze({
    apply(changes: readonly ProductChange[], positions: Positions) {
      const done = Promise.withResolvers<void>()
      if (open === null) {
        const calls: Waiting[] = []
        void inTurn(() => putAll(calls))
        open = calls
      }
      open.push({ changes, positions, done })
      return done.promise
    },
    inTurn,
  })
}

function takeTogether(calls: Waiting[]): Waiting[] {
  let count = 0
  let changes = 0
  while (count < calls.length && (count === 0 || changes + calls[count]!.changes.length <= mostTogether))
    changes += calls[count++]!.changes.length
  return calls.splice(0, count)
}
