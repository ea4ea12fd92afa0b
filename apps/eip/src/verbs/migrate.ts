import { failures } from '@eip/kernel'
import { migrateAll } from '../backends/migrations.ts'
import { readEnvironment, variablesOver } from '../environment.ts'
import { answer, table } from '../output.ts'
import type { Verb } from '../program.ts'

const failure = failures({
  'migrate.no-database': { kind: 'invalid', cure: 'Give DATABASE_URL; files of embedded backends grow by themselves.' },
})

export const migrate: Verb = (program) => {
  program
    .command('migrate')
    .description("Bring every service's schema on PostgreSQL to what this version needs. Again, it changes nothing.")
    .option('--json', 'print what ran as one JSON object, the last line of standard output')
    .action(run)
}

async function run({ json }: Readonly<{ json?: true }>): Promise<void> {
  const { DATABASE_URL: url } = readEnvironment({ ...variablesOver({}), BACKENDS: 'embedded' })
  if (url === undefined) throw failure('migrate.no-database', 'DATABASE_URL is not given')
  const ran = await migrateAll(url)
  const rows = ran.map(({ schema, migration }) => [schema, migration])
  const text = ran.length === 0 ? 'Every schema is as this version needs it.' : table(['schema', 'migration'], rows)
  answer({ json: { migrations: ran }, text }, json === true)
}
