import type { Command } from 'commander'
import { readEnvironment } from '../environment.ts'
import { type InventoryCases, inventoryCases } from '../measurement/inventory-cases.ts'
import { machineNow } from '../measurement/measured-case.ts'
import { answer, grouped, table } from '../output.ts'
import { progressLine } from '../progress.ts'
import { wholeNumber } from '../whole-number.ts'

type Options = Readonly<{ operations: number; crashes: number; json?: true }>

/** What `--json` prints. */
const keys = `
In a temporary directory; where DATABASE_URL is given, on that PostgreSQL too, in a database of its own that is removed afterwards.

Keys of --json:
  machine
  cases       contention, spread, "postgres contention", "postgres spread":
              { operations, per_second, reservations_per_second, p50_ms, p95_ms, p99_ms of reservations, crashes,
                oversold, lost, unbalanced }; the last three must be 0`

const header = [
  'case',
  'operations',
  'per second',
  'reservations/s',
  'p50 ms',
  'p95 ms',
  'p99 ms',
  'crashes',
  'oversold',
]

function tell(machine: string, cases: InventoryCases, isJsonWanted: boolean): void {
  const rows = Object.entries(cases).map(([name, each]) => [
    ...[name, grouped(each.operations), grouped(each.per_second ?? 0), grouped(each.reservations_per_second)],
    ...[each.p50_ms, each.p95_ms, each.p99_ms].map((ms) => (ms ?? 0).toFixed(1)),
    ...[each.crashes, each.oversold].map(String),
  ])
  const faults = Object.values(cases).some(({ lost, unbalanced }) => lost + unbalanced > 0)
  const note = faults
    ? 'The ledger is NOT what was answered.'
    : 'Nothing that was answered is lost, and all ledgers sum to their stock.'
  answer({ json: { machine, cases }, text: `${machine}\n\n${table(header, rows)}\n${note}\n` }, isJsonWanted)
}

/** Reservations under contention, and whether anything is sold twice. */
export function addInventoryBench(parent: Command): void {
  parent
    .command('inventory')
    .description('Reservations of many callers at once, with crashes in the middle; counts what was sold twice.')
    .option('--operations <N>', 'how many, on each database', wholeNumber(100, 10_000_000), 100_000)
    .option('--crashes <N>', 'how often the process is killed in the middle', wholeNumber(0, 1_000), 5)
    .option('--json', 'print the figures as one JSON object, the last line of standard output')
    .addHelpText('after', keys)
    .action(async ({ json, ...options }: Options) => {
      const machine = machineNow()
      const { DATABASE_URL: databaseUrl } = readEnvironment()
      const progress = progressLine('inventory')
      const cases = await inventoryCases({ ...options, databaseUrl, report: progress.report })
      progress.done()
      tell(machine, cases, json === true)
      const isSound = Object.values(cases).every((each) => each.oversold + each.lost + each.unbalanced === 0)
      if (!isSound) process.exitCode = 1
    })
}
