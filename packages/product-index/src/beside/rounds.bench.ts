import { latencyOf } from '@eip/testkit'
import type { ProductIndexReader } from '../product-index.port.ts'
import type { BesideCase } from './questions.bench.ts'

/** Of one round, or the medians of several. `per_second` counts answers by the clock, of all clients together. */
export type RoundFigures = Readonly<{ p50_ms: number; p95_ms: number; p99_ms: number; per_second: number }>

const page = 20

/** What a search does at the port: candidates, then what the first page shows. */
const ask = async (reader: ProductIndexReader, { requests }: BesideCase, number: number): Promise<void> => {
  const { ids } = await reader.retrieve(requests[number % requests.length]!)
  await reader.show(ids.slice(0, page))
}

/**
 * All questions, as often as there is time for but whole each time, by so many clients at once, each of which asks again
 * as soon as it has its answer. A client's waiting for the others on the same thread counts into its time.
 */
export async function round(
  reader: ProductIndexReader,
  asked: BesideCase,
  clients: number,
  leastMs: number,
): Promise<RoundFigures> {
  const times: number[] = []
  const start = performance.now()
  let next = 0
  const isOver = () => next > 0 && next % asked.requests.length === 0 && performance.now() - start >= leastMs
  const client = async () => {
    for (let begun = performance.now(); !isOver(); ) {
      await ask(reader, asked, next++)
      const now = performance.now()
      times.push(now - begun)
      begun = now
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  const per_second = (times.length * 1_000) / (performance.now() - start)
  return { ...latencyOf(times), per_second: tenths(per_second) }
}

const tenths = (value: number): number => Math.round(value * 10) / 10

export function medians(rounds: readonly RoundFigures[]): RoundFigures {
  const of = (name: keyof RoundFigures) => median(rounds.map((each) => each[name]))
  return { p50_ms: of('p50_ms'), p95_ms: of('p95_ms'), p99_ms: of('p99_ms'), per_second: of('per_second') }
}

/** NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  if (sorted.length === 0) return Number.NaN
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
