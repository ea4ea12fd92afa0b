import { setTimeout as wait } from 'node:timers/promises'
import type { Row } from './many-products.ts'
import { faultOf, noAnswer, type PlatformClient } from './platform-client.ts'

export type Importing = Readonly<{
  /** Batches that were acknowledged so far. */
  acknowledged(): number
  /** Ends when the batch that is under way is acknowledged; answers with all that was wrong, each once. */
  stop(): Promise<readonly string[]>
}>

const batchSize = 100
/** Between two batches: what is acknowledged faster than it is indexed would pile up for as long as the story goes. */
const pauseMs = 300

/** The rows of a revision differ from those of every other. */
const revised = (rows: readonly Row[], revision: string) =>
  rows.map((row) => ({ ...row, attributes: { revision: [revision] } }))

/** In which revision each product was acknowledged last. */
export type Revisions = Map<unknown, string>

/** How many products are in each revision. */
export function countRevisions(revisions: Revisions): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const revision of revisions.values()) counts[revision] = (counts[revision] ?? 0) + 1
  return counts
}

/**
 * Gives all rows batch by batch, and all over again in a new revision, until it is told to stop. What is refused for now is
 * given again, as its sender would. Notes what was acknowledged.
 */
export function startImporting(
  { ask }: Pick<PlatformClient, 'ask'>,
  rows: readonly Row[],
  name: string,
  revisions: Revisions,
): Importing {
  const wrong = new Set<string>()
  let acknowledged = 0
  let isOver = false

  async function give(products: readonly Row[]): Promise<void> {
    for (;;) {
      const answer = await ask('/products', { products }).catch(noAnswer)
      const fault = faultOf(answer)
      if (fault !== null) wrong.add(fault)
      for (const rejected of (answer.body.rejected ?? []) as readonly object[]) wrong.add(JSON.stringify(rejected))
      // A fault is told in the end: nothing is gained by asking for ever.
      if (answer.status === 200 || (fault !== null && isOver)) return
    }
  }
  async function giveAll(): Promise<void> {
    for (let batch = 0; !isOver; batch++) {
      const at = (batch * batchSize) % rows.length
      const revision = `${name} ${Math.floor((batch * batchSize) / rows.length) + 1}`
      const given = rows.slice(at, at + batchSize)
      await give(revised(given, revision))
      for (const { id } of given) revisions.set(id, revision)
      acknowledged += 1
      await wait(pauseMs)
    }
  }
  const giving = giveAll()
  return Object.freeze({
    acknowledged: () => acknowledged,
    async stop() {
      isOver = true
      await giving
      return [...wrong]
    },
  })
}
