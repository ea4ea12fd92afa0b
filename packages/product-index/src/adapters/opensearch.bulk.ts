import { setTimeout as wait } from 'node:timers/promises'
import type { Connection } from './opensearch.connection.ts'
import { failure, isUnready } from './opensearch.connection.ts'
import type { Json } from './opensearch.names.ts'

/** One write: the action's line, the document's or the script's line, and whom it is about, for messages. */
export type Operation = Readonly<{ about: string; action: Json; body: Json }>

const longestRequest = 4 * 1_024 * 1_024
const mostOperations = 500
/** Requests under way at once: enough to keep the cluster busy while the next one is made. */
const mostUnderWay = 3

const overloaded = new Set([429, 503])
const firstPauseMs = 50
const longestPauseMs = 5_000
const mostTries = 10

type Written = Readonly<{ about: string; lines: readonly [string, string] }>
type Item = Readonly<{ status: number; error?: Readonly<{ type: string; reason: string }> }>
type Answer = Readonly<{ items: readonly Readonly<Record<string, Item>>[] }>

/**
 * Writes all operations, in requests of bounded size, some of them under way at once; what the cluster has no room for
 * is tried again, later and later. `passedOver`: statuses that mean that there is nothing to do.
 */
export async function writeInBulk(
  connection: Connection,
  operations: AsyncIterable<Operation> | Iterable<Operation>,
  passedOver: ReadonlySet<number>,
): Promise<void> {
  const underWay = new Set<Promise<void>>()
  let failed: unknown
  const send = async (part: readonly Written[]) => {
    while (underWay.size >= mostUnderWay) await Promise.race(underWay)
    if (failed !== undefined) throw failed
    const sent: Promise<void> = writePart(connection, part, passedOver)
      .catch((error) => {
        failed ??= error
      })
      .finally(() => underWay.delete(sent))
    underWay.add(sent)
  }
  try {
    for await (const part of partsOf(operations)) await send(part)
  } finally {
    await Promise.all(underWay)
  }
  if (failed !== undefined) throw failed
}

async function* partsOf(operations: AsyncIterable<Operation> | Iterable<Operation>): AsyncGenerator<Written[]> {
  let part: Written[] = []
  let length = 0
  for await (const { about, action, body } of operations) {
    const lines = [JSON.stringify(action), JSON.stringify(body)] as const
    const added = lines[0].length + lines[1].length
    if (part.length > 0 && (length + added > longestRequest || part.length >= mostOperations)) {
      yield part
      part = []
      length = 0
    }
    part.push({ about, lines })
    length += added
  }
  if (part.length > 0) yield part
}

async function writePart(
  connection: Connection,
  part: readonly Written[],
  passedOver: ReadonlySet<number>,
): Promise<void> {
  let left = part
  for (
    let attempt = 1, pauseMs = firstPauseMs;
    left.length > 0;
    attempt++, pauseMs = Math.min(pauseMs * 2, longestPauseMs)
  ) {
    if (attempt > mostTries)
      throw failure(
        'product-index.opensearch-overloaded',
        `OpenSearch had no room for ${left.length} writes in ${mostTries} tries`,
      )
    if (attempt > 1) await wait(pauseMs)
    left = await writeOnce(connection, left, passedOver)
  }
}

/** Answers with what the cluster had no room for. */
async function writeOnce(
  connection: Connection,
  part: readonly Written[],
  passedOver: ReadonlySet<number>,
): Promise<readonly Written[]> {
  const query = { filter_path: 'items.*.status,items.*.error.type,items.*.error.reason' }
  let answer: Answer
  try {
    answer = await connection.call<Answer>({
      method: 'POST',
      path: '/_bulk',
      query,
      lines: part.flatMap(({ lines }) => lines),
    })
  } catch (error) {
    if (isOverload(error)) return part
    throw error
  }
  return part.filter(({ about }, at) => {
    const { status, error } = Object.values(answer.items[at]!)[0]!
    if (overloaded.has(status)) return true
    if (error?.type === 'index_not_found_exception')
      throw failure('product-index.opensearch-gone', `OpenSearch has nowhere to put ${about}: ${error.reason}`)
    if (error === undefined || passedOver.has(status)) return false
    throw failure(
      isUnready(status, error.type) ? 'product-index.opensearch-unready' : 'product-index.opensearch-failed',
      `OpenSearch did not take ${about} (${status}, ${error.type}): ${error.reason}`,
    )
  })
}

const isOverload = (error: unknown): boolean =>
  (error as { code?: string } | null)?.code === 'product-index.opensearch-overloaded'
