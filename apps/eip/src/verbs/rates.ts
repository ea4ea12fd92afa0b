import type { LogisticsRates } from '@eip/contracts'
import { failures } from '@eip/kernel'
import { Option } from 'commander'
import { sharedFilesAddress } from '../backends/files.ts'
import { readEnvironment } from '../environment.ts'
import { openSharedLake } from '../imports/shared-lake.ts'
import { answer, grouped, table } from '../output.ts'
import type { Verb } from '../program.ts'
import { openShop } from '../shop.ts'
import { untilLearned } from '../shop-supply.ts'
import { type ComparedRates, compareRates } from '../verification/compare-rates.ts'
import { type RecomputedRates, recomputeRates } from '../verification/recompute-rates.ts'
import { wholeNumber } from '../whole-number.ts'

const failure = failures({
  'rates.no-history': {
    kind: 'invalid',
    cure: 'Import a history first (npx eip import olist DIR); it keeps the orders in the lake.',
  },
})

const kinds = ['seller', 'category', 'region', 'route', 'distance', 'product'] as const
type Kind = (typeof kinds)[number]
type Options = Readonly<{ by: Kind; limit: number; check?: true; json?: true }>

/** As many groups as logistics tells at once. */
const mostTold = 500

export const rates: Verb = (program) => {
  program
    .command('rates')
    .description(
      'What was learned of deliveries, computed anew from the orders in the lake, beside what logistics tells.',
    )
    .addOption(new Option('--by <KIND>', 'whose rates').choices(kinds).default('seller'))
    .option('--limit <N>', 'how many are shown, most orders first', wholeNumber(1, mostTold), 20)
    .option('--check', 'end with status 1 where counts are not the same')
    .option('--json', 'print the result as one JSON object, the last line of standard output')
    .addHelpText(
      'after',
      `
The lake has the orders that were imported. Those that came since are counted by logistics alone: groups that have some differ, and
"since the import" says how many there are. Up to ${mostTold} groups are compared, the largest. Products lean on seller and category, so that
their rates are only told by logistics.`,
    )
    .action(run)
}

async function run({ by, limit, check, json }: Options): Promise<void> {
  const environment = readEnvironment()
  const quiet = environment.LOG_LEVEL === 'info' ? 'warn' : environment.LOG_LEVEL
  const shop = await openShop({ ...environment, LOG_LEVEL: quiet })
  try {
    const lake = await openSharedLake(shop.paths.lake, sharedFilesAddress(environment))
    const recomputed = await recomputeRates(lake).finally(() => lake.close())
    if (recomputed === null) throw failure('rates.no-history', 'the lake has no orders')
    await untilLearned(shop, () => {})
    const told = await shop.supply.rates(by, mostTold)
    const groups = groupsOf(recomputed, by)
    const compared = compareRates(groups, new Map(told.rates.map((each) => [each.name, each]))).slice(0, mostTold)
    const since = told.all.orders - recomputed.sums.get('all ')!.orders
    const differing = compared.filter((each) => each.differing.length > 0)
    const summary = { by, groups: groups.length, compared: compared.length, differing: differing.length, since }
    answer({ json: { ...summary, rates: compared }, text: describe(compared.slice(0, limit), summary) }, json === true)
    if (check && differing.length > 0) process.exitCode = 1
  } finally {
    await shop.close()
  }
}

const groupsOf = ({ sums, rates: found }: RecomputedRates, by: Kind) =>
  [...sums].flatMap(([key, each]) =>
    key.startsWith(`${by} `) ? [{ name: key.slice(by.length + 1), sums: each, rates: found.get(key) ?? null }] : [],
  )

type Summary = Readonly<{ by: Kind; groups: number; compared: number; differing: number; since: number }>

function describe(shown: readonly ComparedRates[], { by, groups, compared, differing, since }: Summary): string {
  const share = (value: number | undefined) => (value === undefined ? '-' : (value * 100).toFixed(2))
  const days = (value: number | null | undefined) => (value == null ? '-' : value.toFixed(1))
  const rows = shown.map(({ name, counts, rates: computed, served, differing: names }) => [
    ...[name, grouped(counts.orders), grouped(counts.late), grouped(counts.returned), grouped(counts.cancelled)],
    ...[share(computed?.delayRate), share(served?.delayRate), days(computed?.leadTimeDays), days(served?.leadTimeDays)],
    served === null
      ? 'not told'
      : names.length === 0
        ? 'the same'
        : names.map((each) => differs(each, served)).join(', '),
  ])
  const header = [
    by,
    'orders',
    'late',
    'returned',
    'cancelled',
    'late %',
    'told',
    'days',
    'told',
    'counts of logistics',
  ]
  const lines = [table(header, rows), '']
  lines.push(`${grouped(compared)} of ${grouped(groups)} compared: ${grouped(differing)} differ.`)
  if (since !== 0) lines.push(`Since the import: ${grouped(since)} orders, which logistics alone has counted.`)
  return lines.join('\n')
}

const differs = (name: ComparedRates['differing'][number], served: LogisticsRates): string => `${name} ${served[name]}`
