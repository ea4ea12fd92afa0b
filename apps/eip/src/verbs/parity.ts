import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { InvalidArgumentError } from 'commander'
import { readEnvironment } from '../environment.ts'
import { answer } from '../output.ts'
import { catalogueNames } from '../parity/asked-catalogue.ts'
import { measureKorean } from '../parity/measure-korean.ts'
import { measureParity } from '../parity/measure-parity.ts'
import { clusterOptions } from '../parity/two-engines.ts'
import type { Verb } from '../program.ts'
import { wholeNumber } from '../whole-number.ts'

type Options = Readonly<{
  products: number
  queries: number
  data: string
  catalogues: readonly string[]
  korean?: true
  json?: true
}>

/** Beside the project's own folder, where its development sets lie. */
const developmentSets = resolve(import.meta.dirname, '../../../../../shared/data')

export const parity: Verb = (program) => {
  program
    .command('parity')
    .description(
      'Prove that the native engine and the OpenSearch of OPENSEARCH_URL answer alike, on indexes of its own that it removes again.',
    )
    .option('--products <N>', 'at most so many products of each catalogue', wholeNumber(100, 100_000), 5_000)
    .option('--queries <N>', 'queries of each catalogue', wholeNumber(1, 5_000), 300)
    .option('--catalogues <NAMES>', 'which of them, with commas between', namesOf, catalogueNames)
    .option('--data <DIR>', 'where the published sets lie', developmentSets)
    .option('--korean', "compare our Korean analysis with the cluster's (nori) instead, on queries for known items")
    .option('--json', 'print the figures as one JSON object, the last line of standard output')
    .action(run)
}

function namesOf(text: string): readonly string[] {
  const names = text.split(',').map((name) => name.trim())
  for (const name of names)
    if (!catalogueNames.includes(name))
      throw new InvalidArgumentError(`There is no "${name}", only ${catalogueNames.join(', ')}.`)
  return names
}

async function run({ korean, json, ...options }: Options): Promise<void> {
  const cluster = clusterOptions(readEnvironment())
  const scratch = await mkdtemp(join(tmpdir(), 'eip-parity-'))
  try {
    const wanted = { ...options, cluster, scratch }
    if (korean === true) return answer(await measureKorean(wanted), json === true)
    const measured = await measureParity(wanted)
    answer(measured, json === true)
    if (measured.faults.length > 0) process.exitCode = 1
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}
