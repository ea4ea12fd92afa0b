import { execFile } from 'node:child_process'
import { chmodSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { enginesLibrary, repositoryRoot, temporaryDirectory } from '@eip/testkit'
import { exportedIn } from '../../apps/eip/src/split/local-servers.ts'

/** Real servers of a test alone, which may be killed. */
export type EngineSet = AsyncDisposable &
  Readonly<{
    /** Runs `tools/engines` for these servers; answers when it has done. */
    engines(...args: readonly string[]): Promise<string>
    /** Where they are, by the keys of the platform. */
    addresses(): Promise<Readonly<Record<string, string>>>
    /** Of the first OpenSearch node; the others listen on the ports after it. */
    opensearchPort: number
    /** The first of twelve ports for what stands on the servers. */
    platformPort: number
  }>

/** The ports of a set, and how many sets find room between those that are usual and those of outgoing connections. */
const portsOfSet = 25
const sets = 360

/**
 * The first of 25 ports where nobody listens. Below 32,768: the kernel gives the others to outgoing connections, and
 * a server would not get its port back after a restart.
 */
function firstFreePort(): number {
  const taken = listeningPorts()
  for (let n = 0; n < sets; n++) {
    const first = 10_000 + ((process.pid + n) % sets) * portsOfSet
    if (!taken.some((port) => port >= first && port < first + portsOfSet)) return first
  }
  throw new Error('no 25 ports in a row are free between 10,000 and 19,000')
}

/** Of all processes: local addresses in state 0A, see proc(5). */
const listeningPorts = (): readonly number[] =>
  ['/proc/net/tcp', '/proc/net/tcp6']
    .flatMap((file) => readFileSync(file, 'utf8').split('\n'))
    .map((row) => row.trim().split(/\s+/))
    .flatMap(([, address = '', , state]) => (state === '0A' ? [Number.parseInt(address.split(':')[1]!, 16)] : []))

/** Nothing runs yet. What was started is killed at the end, and its data removed. */
export function engineSet(): EngineSet {
  const directory = temporaryDirectory()
  const firstPort = firstFreePort()
  // The servers do not run as root.
  chmodSync(directory.path, 0o755)
  const variables = {
    ENGINES_DIR: join(directory.path, 'engines'),
    ENGINES_LIB_DIR: enginesLibrary,
    ENGINES_OPENSEARCH_PORT: String(firstPort),
    ENGINES_OPENSEARCH_TRANSPORT_PORT: String(firstPort + 5),
    ENGINES_KAFKA_PORT: String(firstPort + 10),
    ENGINES_KAFKA_CONTROLLER_PORT: String(firstPort + 11),
    ENGINES_POSTGRES_PORT: String(firstPort + 12),
    ENGINES_REDIS_PORT: String(firstPort + 8),
    ENGINES_OPENSEARCH_HEAP: '512m',
  }
  const run = promisify(execFile)
  const engines = async (...args: readonly string[]) => {
    // biome-ignore lint/style/noProcessEnv: the tool needs the PATH and the JDK of whoever runs the tests.
    return (await run(join(repositoryRoot, 'tools/engines'), args, { env: { ...process.env, ...variables } })).stdout
  }
  return Object.freeze({
    engines,
    addresses: async () => exportedIn(await engines('env')),
    opensearchPort: firstPort,
    platformPort: firstPort + 13,
    async [Symbol.asyncDispose]() {
      await engines('kill', 'all')
      directory[Symbol.dispose]()
    },
  })
}
