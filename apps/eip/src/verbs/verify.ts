import { readEnvironment } from '../environment.ts'
import { answer, grouped, table } from '../output.ts'
import type { Verb } from '../program.ts'
import { type Progress, progressLine } from '../progress.ts'
import { openShop, type Shop } from '../shop.ts'
import { countVectors, type VectorCount } from '../verification/compare-vectors.ts'
import { differenceKinds } from '../verification/compare-versions.ts'
import { type ComparedPart, comparedParts, republish, verifyPart } from '../verification/verify-shop.ts'
import { type Difference, differencesIn, type Verification } from '../verification/verify-view.ts'

type Options = Readonly<{ repair?: true; json?: true }>

export const verify: Verb = (program) => {
  program
    .command('verify')
    .description(
      'Compare the serving view with the catalogue, stock and logistics: which products, which version, which content.',
    )
    .option('--repair', 'publish anew what differs, then compare again')
    .option('--json', 'print the result as one JSON object, the last line of standard output')
    .addHelpText('after', '\nEnds with status 1 where something differs. Changes that are on their way are waited for.')
    .action(run)
}

type Parts = Readonly<Record<ComparedPart, Verification>>

async function run({ repair, json }: Options): Promise<void> {
  const environment = readEnvironment()
  const quiet = environment.LOG_LEVEL === 'info' ? 'warn' : environment.LOG_LEVEL
  const shop = await openShop({ ...environment, LOG_LEVEL: quiet })
  const progress = progressLine('verify')
  try {
    const found = await compare(shop, progress, repair === true)
    const isToRepair = repair === true && allDifferences(found) > 0
    const result = isToRepair ? await compare(shop, progress, false) : found
    const vectors = await countVectors({ encoders: shop.encoders.status, view: shop.servingView.status })
    progress.done()
    const isGood = allDifferences(result) === 0 && vectors.every(({ source, view }) => source === view)
    const repaired = (part: ComparedPart) => (isToRepair ? found[part].counts : null)
    const columns = (part: ComparedPart) => ({ ...result[part], repaired: repaired(part) })
    const whole = { ...columns('products'), stock: columns('stock'), logistics: columns('logistics') }
    const text = describe(result, vectors, isToRepair ? found : null)
    answer({ json: { isGood, ...whole, vectors }, text }, json === true)
    if (!isGood) process.exitCode = 1
  } finally {
    progress.done()
    await shop.close()
  }
}

async function compare(shop: Shop, progress: Progress, isToRepair: boolean): Promise<Parts> {
  const found: Partial<Record<ComparedPart, Verification>> = {}
  for (const part of comparedParts)
    found[part] = await verifyPart(shop, part, {
      onDifferences: async (differences) => {
        if (isToRepair) await republish(shop.versions, part, differences)
      },
      onProgress: (compared) => progress.report(`${part}: ${grouped(compared)} compared`),
    })
  return found as Parts
}

const allDifferences = (parts: Parts): number =>
  comparedParts.reduce((sum, part) => sum + differencesIn(parts[part]), 0)

function describe(result: Parts, vectors: readonly VectorCount[], before: Parts | null): string {
  const count = (value: (of: Verification, part: ComparedPart) => number) =>
    comparedParts.map((part) => grouped(value(result[part], part)))
  const rows = [
    ['compared', ...count(({ compared }) => compared)],
    ...differenceKinds.map((kind) => [kind, ...count(({ counts }) => counts[kind])]),
  ]
  if (before !== null) rows.push(['repaired', ...count((of, part) => differencesIn(before[part]) - differencesIn(of))])
  const lines = [table(['', ...comparedParts], rows)]
  const shown = allDifferences(result) > 0 ? result : before
  for (const part of comparedParts) {
    const { first = [] } = shown?.[part] ?? {}
    if (first.length > 0) lines.push('', differenceTable(part, first))
  }
  return [...lines, ...describeVectors(vectors), ...advice(result, vectors)].join('\n')
}

function describeVectors(vectors: readonly VectorCount[]): string[] {
  const rows = vectors.map(({ encoder, source, view }) => [encoder, grouped(source), grouped(view)])
  return vectors.length === 0 ? [] : ['', table(['encoder', 'vectors made', 'in the view'], rows)]
}

function advice(result: Parts, vectors: readonly VectorCount[]): string[] {
  const lines: string[] = []
  const { unknown } = result.products
  if (unknown > 0)
    lines.push(
      '',
      `Of ${grouped(unknown)} products an earlier version of the program did not note what they said: npx eip rebuild`,
    )
  if (allDifferences(result) > 0) lines.push('', 'To publish anew what differs:  npx eip verify --repair')
  if (result.stock.counts.extra + result.logistics.counts.extra > 0)
    lines.push('', 'To let go of stock and logistics that nobody owns:  npx eip rebuild')
  if (vectors.some(({ source, view }) => source !== view))
    lines.push('', 'To bring vectors back from their topic:  npx eip rebuild')
  return lines
}

function differenceTable(part: ComparedPart, differences: readonly Difference[]): string {
  const version = (value: number | null) => (value === null ? '-' : String(value))
  const rows = differences.map(({ id, kind, sourceVersion, viewVersion }) => [
    ...[id, kind, version(sourceVersion), version(viewVersion)],
  ])
  return table([part, 'difference', 'version', 'in the view'], rows)
}
