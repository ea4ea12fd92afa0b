import { type SpawnSyncReturns, spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { accountNamed, ownedDirectory } from './account.ts'
import { installPackage, versionOf } from './debian.ts'
import type { Command, Engine } from './engine.port.ts'
import { failure } from './failures.ts'
import type { Settings } from './settings.ts'

const minimum = 15
const installed = '/usr/lib/postgresql'

/** The platform’s database, and one that tests may empty. */
export const databases = { platform: 'eip', tests: 'eip_test' } as const

/** The newest installed server’s folder; null where none is new enough. */
function programs(): string | null {
  if (!existsSync(installed)) return null
  const versions = readdirSync(installed)
    .map(Number)
    .filter((major) => major >= minimum)
  return versions.length === 0 ? null : join(installed, String(Math.max(...versions)), 'bin')
}

export function postgres(settings: Settings): Engine {
  const account = 'postgres'
  const directory = join(settings.directory, 'postgres')
  const data = join(directory, 'data')
  const port = settings.port('ENGINES_POSTGRES_PORT')
  const connection = ['--host=127.0.0.1', `--port=${port.number}`, '--username=postgres']
  const run = (program: string, ...rest: string[]) =>
    spawnSync(join(programs() ?? '', program), rest, { ...accountNamed(account), cwd: directory, encoding: 'utf8' })

  async function prepare(): Promise<Command> {
    ownedDirectory(accountNamed(account), directory)
    if (!existsSync(join(data, 'PG_VERSION'))) {
      const options = ['--username=postgres', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync']
      assertDone('PostgreSQL could not make its data folder.', run('initdb', '--pgdata', data, ...options))
    }
    // A process that is killed loses nothing by these: they matter when the machine itself goes down.
    const unsafe = ['fsync=off', 'full_page_writes=off']
    const address = ['listen_addresses=127.0.0.1', `port=${port.number}`, 'unix_socket_directories=']
    const options = [...address, ...unsafe].flatMap((option) => ['-c', option])
    return { program: join(programs() ?? '', 'postgres'), arguments: ['-D', data, ...options] }
  }

  async function whenReady(): Promise<void> {
    for (const name of Object.values(databases)) {
      const found = run('psql', ...connection, '-qAtc', `select 1 from pg_database where datname = '${name}'`)
      if (found.stdout.trim() === '1') continue
      assertDone(`PostgreSQL could not make the database ${name}.`, run('createdb', ...connection, name))
    }
  }

  return Object.freeze<Engine>({
    name: 'postgres',
    async install() {
      if (programs() === null) installPackage('PostgreSQL', ['postgresql-15', 'postgresql'])
    },
    version: () => versionOf(programs() && join(programs() ?? '', 'postgres')),
    nodes: () => [
      {
        name: 'postgres',
        number: 1,
        directory,
        account,
        ports: [port],
        stopSignal: 'SIGINT', // fast: it does not wait for its clients
        prepare,
        isReady: async () => run('pg_isready', '--quiet', ...connection.slice(0, 2)).status === 0,
        whenReady,
      },
    ],
  })
}

function assertDone(sentence: string, { status, stdout, stderr }: SpawnSyncReturns<string>): void {
  if (status === 0) return
  process.stderr.write(`${stdout}${stderr}`)
  throw failure('engines.not-ready', sentence)
}
