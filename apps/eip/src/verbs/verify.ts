import { readEnvironment } from '../environment.ts'
import { answer, grouped, table } from '../output.ts'
import type { Verb } from '../program.ts'
import { type Progress, progressLine } from '../progress.ts'
import { openShop, type Shop } from '../shop.ts'
import { countVectors, type VectorCount } from '../verification/compare-vectors.ts'
import { differenceKinds } from '../verification/compare-versions.ts'
import { type Difference, differencesIn, type Verification, verifyView } from '../verification/verify-view.ts'

type Options = Readonly<{ repair?: true; json?: true }>

export const verify: Verb = (program) => {
  program
    .command('verify')
    .description('Compare the serving view with the catalogue: which products, which version, which content.')
    .option('--repair', 'publish anew what differs, then compare again')
    .option('--json', 'print the result as one JSON object, the last line of standard output')
    .addHelpText('after', '\nEnds with status 1 where something differs. Changes that are on their way are waited for.')
    .action(run)
}

async function run({ repair, json }: Options): Promise<void> {
  const environment = readEnvironment()
  const quiet = environment.LOG_LEVEL === 'info' ? 'warn' : environment.LOG_LEVEL
  const shop = await openShop({ ...environment, LOG_LEVEL: quiet })
  const progress = progressLine('verify')
  try {
    const found = await compare(shop, progress, repair ? (all) => republish(shop, all) : async () => {})
    const isToRepair = repair === true && differencesIn(found) > 0
    const result = isToRepair ? await compare(shop, progress, async () => {}) : found
    const vectors = await countVectors({ encoders: shop.encoders.status, view: shop.servingView.status })
    progress.done()
    const isGood = differencesIn(result) === 0 && vectors.every(({ source, view }) => source === view)
    const repaired = isToRepair ? found.counts : null
    const text = describe(result, vectors, isToRepair ? found : null)
    answer({ json: { isGood, ...result, repaired, vectors }, text }, json === true)
    if (!isGood) process.exitCode = 1
  } finally {
    progress.done()
    await shop.close()
  }
}

const compare = (
  { versions, indexState }: Shop,
  progress: Progress,
  onDifferences: (differences: readonly Difference[]) => Promise<void>,
): Promise<Verification> =>
  verifyView(
    {
      sourceVersions: (asked) => versions.ofSource(asked),
      viewVersions: (asked) => versions.ofView(asked),
      behind: async () => (await indexState()).behind,
    },
    { onDifferences, onProgress: (compared) => progress.report(`${grouped(compared)} products compared`) },
  )

const republish = async ({ versions }: Shop, differences: readonly Difference[]): Promise<void> => {
  const products = differences.map(({ id, viewVersion }) => ({ id, above: viewVersion ?? 0 }))
  await versions.republish({ products })
}

function describe(result: Verification, vectors: readonly VectorCount[], before: Verification | null): string {
  const lines = [`compared   ${grouped(result.compared)} products`]
  for (const kind of differenceKinds) lines.push(`${kind.padEnd(11)}${grouped(result.counts[kind])}`)
  if (before !== null) lines.push(`repaired   ${grouped(differencesIn(before) - differencesIn(result))}`)
  const shown = differencesIn(result) > 0 ? result.first : (before?.first ?? [])
  if (shown.length > 0) lines.push('', differenceTable(shown))
  const wrong = vectors.filter(({ source, view }) => source !== view)
  if (vectors.length > 0) {
    const rows = vectors.map(({ encoder, source, view }) => [encoder, grouped(source), grouped(view)])
    lines.push('', table(['encoder', 'vectors made', 'in the view'], rows))
  }
  if (result.unknown > 0)
    lines.push(
      '',
      `Of ${grouped(result.unknown)} products an earlier version of the program did not note what they said: npx eip rebuild`,
    )
  if (differencesIn(result) > 0) lines.push('', 'To publish anew what differs:  npx eip verify --repair')
  if (wrong.length > 0) lines.push('', 'To bring vectors back from their topic:  npx eip rebuild')
  return lines.join('\n')
}

function differenceTable(differences: readonly Difference[]): string {
  const version = (value: number | null) => (value === null ? '-' : String(value))
  const rows = differences.map(({ id, kind, sourceVersion, viewVersion }) => [
    ...[id, kind, version(sourceVersion), version(viewVersion)],
  ])
  return table(['product', 'difference', 'version', 'in the view'], rows)
}
