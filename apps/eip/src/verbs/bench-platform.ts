import { type Command, Option } from 'commander'
import { variablesOver } from '../environment.ts'
import { demoProducts } from '../evaluation/bench-catalogue.ts'
import { changedThings, freshnessCases } from '../measurement/freshness-cases.ts'
import { importCases } from '../measurement/import-cases.ts'
import { type MeasuredCases, machineNow, tellCases } from '../measurement/measured-case.ts'
import { writeLine } from '../output.ts'
import { progressLine } from '../progress.ts'
import { localServers } from '../split/local-servers.ts'
import { wholeNumber } from '../whole-number.ts'

const asJson = ['--json', 'print the figures as one JSON object, the last line of standard output'] as const
const whereItRuns =
  '\nEmbedded in a temporary directory; with BACKENDS=distributed a process for each service, on the servers of the environment\n' +
  '(KAFKA_BROKERS, OPENSEARCH_URL, DATABASE_URL, or those of tools/engines), under names of its own that it removes afterwards.'

type FreshnessOptions = Readonly<{
  change: (typeof changedThings)[number]
  products: number
  changes: number
  rate: number
  seconds: number
  json?: true
}>
type ImportOptions = Readonly<{ products: number; json?: true }>

/** Measurements of a whole platform, over HTTP. */
export function addPlatformBenches(parent: Command): void {
  parent
    .command('freshness')
    .description('From a change that was accepted to a search that shows it, over HTTP.')
    .addOption(
      new Option('--change <WHAT>', 'a price, or stock that turns the order of two results')
        .choices(changedThings)
        .default('price'),
    )
    .option('--products <N>', 'how many products of the demo shop', wholeNumber(100, 50_000), 10_000)
    .option('--changes <N>', 'how many changes, one after the other, on a quiet platform', wholeNumber(1, 10_000), 100)
    .option(
      '--rate <N>',
      'how many changes of other products stream in each second afterwards',
      wholeNumber(1, 10_000),
      1_000,
    )
    .option('--seconds <N>', 'for how long', wholeNumber(1, 3_600), 30)
    .option(...asJson)
    .addHelpText(
      'after',
      `${whereItRuns}\nA running platform where PLATFORM_URL names it: its products demo-… get the prices of the measurement.`,
    )
    .action(async ({ json, ...options }: FreshnessOptions) => {
      await tell('freshness', json, (around) => freshnessCases({ ...around, ...options }))
    })
  parent
    .command('import')
    .description('Products accepted, events published and products indexed in a second, and what each process used.')
    .option('--products <N>', 'how many products of the demo shop', wholeNumber(100, 50_000), 20_000)
    .option(...asJson)
    .addHelpText('after', `${whereItRuns}\nDistributed, it is measured twice: with one indexer and with two.`)
    .action(async ({ json, products }: ImportOptions) => {
      await tell('import', json, (around) => importCases({ ...around, products: demoProducts(products) }))
    })
}

type Around = Readonly<{
  variables: Readonly<Record<string, string | undefined>>
  report: (text: string) => void
  say: (line: string) => void
}>
type Measured = Readonly<{ profile: string; cases: MeasuredCases }>

async function tell(title: string, json: true | undefined, measure: (around: Around) => Promise<Measured>) {
  const machine = machineNow()
  const servers = variablesOver({}).BACKENDS === 'distributed' ? await localServers(variablesOver({})) : {}
  const progress = progressLine(title)
  const { profile, cases } = await measure({
    variables: variablesOver(servers),
    report: progress.report,
    say: writeLine,
  })
  progress.done()
  tellCases(profile, machine, cases, json === true)
}
