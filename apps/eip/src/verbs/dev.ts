import { once } from 'node:events'
import { join } from 'node:path'
import { failures } from '@eip/kernel'
import { prettyLine } from '@eip/telemetry'
import { migrateAll } from '../backends/migrations.ts'
import { type DataDirectory, openDataDirectory, signingKey } from '../data-directory.ts'
import { readEnvironment, variablesOver } from '../environment.ts'
import { writeLine } from '../output.ts'
import type { Verb } from '../program.ts'
import { localServers } from '../split/local-servers.ts'
import { planProcesses, sharedFiles } from '../split/plan-processes.ts'
import { supervise } from '../split/supervise.ts'

const failure = failures({
  'dev.embedded': {
    kind: 'invalid',
    cure: 'Leave BACKENDS out or write distributed: embedded backends live inside one process.',
  },
})

export const dev: Verb = (program) => {
  program
    .command('dev')
    .description('Run every service as a process of its own on this machine, over Kafka, PostgreSQL and OpenSearch.')
    .requiredOption('--split', 'a process for each service; npm start runs them all in one')
    .addHelpText(
      'after',
      '\nThe servers come from the environment: config/distributed.env lists every key with its meaning.\n' +
        'Where it names none, they are those that tools/engines installs and starts on this machine.\n' +
        'Schemas of the database are brought to what this version needs first.',
    )
    .action(run)
}

async function run(): Promise<void> {
  const { EIP_DATA_DIR } = readEnvironment(variablesOver({ BACKENDS: 'embedded' }))
  const directory = openDataDirectory(EIP_DATA_DIR, 'none')
  try {
    const variables = variablesOver({
      BACKENDS: 'distributed',
      ...(await localServers(variablesOver({}))),
      FILES_URL: sharedFiles(directory.paths.directory),
      // Made once and kept in the directory, as where everything is in one process.
      SIGNING_KEY: new TextDecoder().decode(signingKey(directory.paths.directory, undefined)),
    })
    await runUntilTold(variables, directory)
  } finally {
    directory.close()
  }
}

async function runUntilTold(variables: NodeJS.ProcessEnv, { announce, paths }: DataDirectory): Promise<void> {
  const environment = readEnvironment(variables)
  if (environment.BACKENDS === 'embedded') throw failure('dev.embedded', 'BACKENDS is embedded')
  const migrations = await migrateAll(environment.DATABASE_URL ?? '')
  if (migrations.length > 0) writeLine(`The database was brought to this version by ${migrations.length} migrations.`)
  const told = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => told.abort())
  const processes = planProcesses({ ...environment, directory: paths.directory })
  const all = supervise({
    processes,
    command: [process.execPath, join(import.meta.dirname, '..', 'main.ts'), 'serve'],
    environment: variables,
    say: prefixing(processes.map(({ service }) => service)),
  })
  try {
    await all.ready(told.signal)
    const { url } = processes.find(({ service }) => service === 'gateway')!
    announce(url)
    writeLine(`\nAll services are ready.\n  shop     ${url}/\n  admin    ${url}/admin/\n`)
    if (!told.signal.aborted) await once(told.signal, 'abort')
  } catch (error) {
    if (!told.signal.aborted) throw error
  } finally {
    writeLine('Stopping all services.')
    await all.stop()
  }
}

/** `search     │ 10:31:07.123 INFO  eip: started`, in a colour of its own on a terminal. */
function prefixing(services: readonly string[]) {
  const width = Math.max(...services.map(({ length }) => length))
  const isTerminal = process.stderr.isTTY
  return (service: string, line: string) => {
    const colour = 31 + (services.indexOf(service) % 6)
    const name = service.padEnd(width)
    const prefix = isTerminal ? `\u001b[${colour}m${name} │\u001b[0m` : `${name} │`
    writeLine(`${prefix} ${(line.startsWith('{') ? prettyLine(line) : line).trimEnd()}`)
  }
}
