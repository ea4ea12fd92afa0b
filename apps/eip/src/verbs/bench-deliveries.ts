import type { Command } from 'commander'
import { type DeliveryCases, deliveryCases } from '../measurement/deliveries.ts'
import { machineNow } from '../measurement/measured-case.ts'
import { answer, grouped, table } from '../output.ts'
import { progressLine } from '../progress.ts'

const header = [
  'orders',
  'deliveries',
  'Brier',
  'base rate',
  'mean error, days',
  "carrier's",
  'less than the carrier’s',
]

/** What `--json` prints. */
const keys = `
Every order is foretold from what had arrived when it was placed, seller and route leaning on the whole; nothing is fitted to later ones.
Brier: mean squared distance of the late probability from what came; the base rate says the share of late ones until then to all.
The carrier's day is the one that Olist promised. All that is judged was delivered, and stands for as many orders each: weights of a
sample by status change nothing.

Keys of --json:
  machine
  cases       all, "first four fifths", "last fifth": { deliveries, brier, baseBrier, meanAbsoluteError, carrierMeanAbsoluteError, bins }`

const figure = (value: number | null, digits: number): string => (value === null ? '' : value.toFixed(digits))

function tell(machine: string, cases: DeliveryCases, isJsonWanted: boolean): void {
  const rows = Object.entries(cases).map(([name, each]) => {
    const { meanAbsoluteError: ours, carrierMeanAbsoluteError: carriers } = each
    const share = ours === null || carriers === null ? '' : `${Math.round((1 - ours / carriers) * 100)} %`
    return [
      ...[name, grouped(each.deliveries), figure(each.brier, 4), figure(each.baseBrier, 4)],
      ...[figure(ours, 2), figure(carriers, 2), share],
    ]
  })
  const said = cases.all.bins
    .filter(({ deliveries }) => deliveries > 0)
    .map(({ from, to, deliveries, said, came }) => [
      ...[`${from * 100}–${to * 100} %`, grouped(deliveries), figure(said, 3), figure(came, 3)],
    ])
  const reliability = table(['late, as foretold', 'deliveries', 'said', 'came'], said)
  answer({ json: { machine, cases }, text: `${machine}\n\n${table(header, rows)}\n${reliability}\n` }, isJsonWanted)
}

/** How well deliveries are foretold. */
export function addDeliveriesBench(parent: Command): void {
  parent
    .command('deliveries')
    .description(
      "Expected days and late probabilities of Olist's orders, beside the carrier's estimate and the base rate.",
    )
    .argument('<dir>', 'the folder with the tables, CSV, plain or gzip')
    .option('--json', 'print the figures as one JSON object, the last line of standard output')
    .addHelpText('after', keys)
    .action(async (directory: string, { json }: Readonly<{ json?: true }>) => {
      const machine = machineNow()
      const progress = progressLine('deliveries')
      const cases = await deliveryCases({ directory, report: progress.report })
      progress.done()
      tell(machine, cases, json === true)
    })
}
