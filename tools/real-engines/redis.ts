import { join } from 'node:path'
import { accountNamed, ownedDirectory } from './account.ts'
import { commandPath, installCommand, versionOf } from './debian.ts'
import type { Engine } from './engine.port.ts'
import { ask } from './ports.ts'
import type { Settings } from './settings.ts'

export function redis(settings: Settings): Engine {
  const account = 'nobody'
  const directory = join(settings.directory, 'redis')
  const port = settings.port('ENGINES_REDIS_PORT')

  return Object.freeze<Engine>({
    name: 'redis',
    install: async () => void installCommand('redis-server', ['redis-server']),
    version: () => versionOf(commandPath('redis-server')),
    nodes: () => [
      {
        name: 'redis',
        number: 1,
        directory,
        account,
        ports: [port],
        stopSignal: 'SIGTERM',
        async prepare() {
          const data = ownedDirectory(accountNamed(account), join(directory, 'data'))
          // The append-only file is written before a client is answered: what was answered outlives a kill.
          const persistence = ['--save', '', '--appendonly', 'yes', '--appendfsync', 'everysec']
          const address = ['--bind', '127.0.0.1', '--port', String(port.number)]
          const program = commandPath('redis-server') ?? 'redis-server'
          return { program, arguments: [...address, '--dir', data, '--daemonize', 'no', ...persistence] }
        },
        isReady: async () => (await ask(port.number, 'PING\r\n'))?.startsWith('+PONG') ?? false,
      },
    ],
  })
}
