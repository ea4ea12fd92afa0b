import { seededRandom } from '@eip/kernel'
import { type Latency, measureLatency } from '@eip/testkit'
import type { ProductIndex } from './product-index-writer.port.ts'

const batchSize = 1_000
const singles = 100

/**
 * How fast a filled view takes in stock, and how soon a query sees one change, alone and while batches go on being written.
 * The ids are of products in the view, 200 or more.
 */
export async function benchColumns(
  { writer, reader }: ProductIndex,
  ids: readonly string[],
  rounds = 200,
): Promise<Record<string, Partial<Latency> & Readonly<{ per_second: number }>>> {
  const random = seededRandom(5)
  let version = 1
  // Looked at one by one: what is written in batches meanwhile is others.
  const single = ids.slice(-singles)
  const many = ids.slice(0, -singles)
  const changesOf = (some: readonly string[]) => {
    version++
    return some.map((id) => ({
      ...({ owner: 'inventory', id, version } as const),
      numbers: { atp: random.integer(1_000), daysOfCover: random.next() * 60 },
    }))
  }
  const batch = (number: number) => {
    const from = (number * batchSize) % many.length
    return many.slice(from, from + batchSize)
  }
  const writeAll = async () => {
    for (let at = 0; at * batchSize < many.length; at++) await writer.applyColumns(changesOf(batch(at)), {})
  }
  const untilSeen = async () => {
    const [change] = changesOf([single[random.integer(single.length)]!])
    await writer.applyColumns([change!], {})
    const filters = [{ kind: 'ids', anyOf: [change!.id] }] as const
    const asked = { ...{ query: null, vector: null, minimumMatches: 1, filters, wishes: [], facets: [] } }
    const { columns } = await reader.retrieve({ ...asked, order: 'score', limit: 1, columns: ['atp'] })
    if (columns.atp![0] !== change!.numbers.atp) throw new Error(`the stock of "${change!.id}" is not seen`)
  }

  await writeAll()
  const start = performance.now()
  await writeAll()
  const seconds = (performance.now() - start) / 1_000
  const alone = await measureLatency(rounds, untilSeen)
  let isOver = false
  const load = (async () => {
    for (let number = 0; !isOver; number++) await writer.applyColumns(changesOf(batch(number)), {})
  })()
  const busy = await measureLatency(rounds, untilSeen).finally(() => {
    isOver = true
  })
  await load
  return {
    'apply stock': { per_second: Math.round(many.length / seconds) },
    'one change of stock until seen': alone,
    'one change of stock until seen, under load': busy,
  }
}
