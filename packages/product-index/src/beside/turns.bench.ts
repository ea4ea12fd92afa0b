import {
  type BesideFigures,
  type BesideInput,
  type BesideRatios,
  ratioOf,
  type Sides,
  sideNames,
} from './measurement.bench.ts'
import type { BesideCase } from './questions.bench.ts'
import { medians, type RoundFigures, round } from './rounds.bench.ts'

/** How many clients ask at once. */
const clientCounts = [1, 8] as const
const warmingRounds = 2

const caseName = ({ name }: BesideCase, clients: number): string =>
  `${name}, ${clients} ${clients === 1 ? 'client' : 'clients'}`

/** Every case by both sides in turn, round by round: what else the machine does meets both. */
export async function askByTurns(
  sides: Sides,
  cases: readonly BesideCase[],
  { rounds, leastRoundMs, report }: Pick<BesideInput, 'rounds' | 'leastRoundMs' | 'report'>,
): Promise<Readonly<{ cases: BesideFigures; ratios: BesideRatios }>> {
  const measured = new Map<string, RoundFigures[]>()
  for (let number = -warmingRounds; number < rounds; number++) {
    report(
      number < 0
        ? `warming up, round ${number + warmingRounds + 1} of ${warmingRounds}`
        : `round ${number + 1} of ${rounds}`,
    )
    for (const asked of cases)
      for (const clients of number < 0 ? clientCounts.slice(-1) : clientCounts)
        for (const name of number % 2 === 0 ? sideNames : sideNames.toReversed()) {
          const figures = await round(sides[name].index().reader, asked, clients, leastRoundMs)
          const key = `${name}, ${caseName(asked, clients)}`
          if (number >= 0) measured.set(key, [...(measured.get(key) ?? []), figures])
        }
  }
  const figures = Object.fromEntries([...measured].map(([key, each]) => [key, medians(each)]))
  return { cases: figures, ratios: ratiosOf(figures, cases) }
}

const ratiosOf = (figures: Readonly<Record<string, RoundFigures>>, cases: readonly BesideCase[]): BesideRatios =>
  Object.fromEntries(
    cases.flatMap((asked) =>
      clientCounts.map((clients) => {
        const name = caseName(asked, clients)
        const [native, opensearch] = [figures[`native, ${name}`]!, figures[`opensearch, ${name}`]!]
        return [name, { per_second: ratioOf(native.per_second, opensearch.per_second), target: asked.target }]
      }),
    ),
  )
