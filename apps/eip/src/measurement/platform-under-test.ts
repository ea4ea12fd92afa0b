import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrateAll } from '../backends/migrations.ts'
import { type Environment, readEnvironment } from '../environment.ts'
import { serviceNames } from '../services.ts'
import { openShop, type Shop } from '../shop.ts'
import { type PlannedProcess, planProcesses, sharedFiles } from '../split/plan-processes.ts'
import { supervise } from '../split/supervise.ts'
import { freePorts } from './free-ports.ts'
import { ownNames } from './own-servers.ts'

export type Profile = 'embedded' | 'distributed'

/** A process of the platform, and where it answers. */
export type MeasuredProcess = Readonly<{ name: string; url: string }>

/** A platform that runs in processes of its own, as for customers, and is asked over HTTP alone. */
export type PlatformUnderTest = AsyncDisposable &
  Readonly<{
    url: string
    /** `running`: somebody else's, which PLATFORM_URL names. */
    profile: Profile | 'running'
    processes: readonly MeasuredProcess[]
    shop: Shop
    /** Aborted when the program is told to end: whoever measures stops then, and what was opened is removed. */
    told: AbortSignal
  }>

type Report = (line: string) => void
type Variables = Readonly<Record<string, string | undefined>>
type Options = Readonly<{ variables: Variables; indexers?: number; report: Report }>

/** A platform that is not ready by then never will be. */
const readyWithinMs = 180_000

/** What differs from how a platform is run: nothing goes on in it but what is measured, and no request is given up early. */
const quiet = { DEMO: 'off', ENCODER: 'manual', LOG_LEVEL: 'warn', PAGE_BUDGET_MS: '10000', ADMIN_BUDGET_MS: '60000' }

/** The platform that PLATFORM_URL names; else one of its own, on what BACKENDS says, removed when it is disposed of. */
export async function openPlatformUnderTest(options: Options): Promise<PlatformUnderTest> {
  const { PLATFORM_URL: url, BACKENDS } = options.variables
  if (!url) return BACKENDS === 'distributed' ? openDistributed(options) : openEmbedded(options)
  const shop = await openShop(readEnvironment({ ...options.variables, BACKENDS: 'embedded' }))
  const { signal: told } = new AbortController()
  const processes = [{ name: 'gateway', url }]
  return { url, profile: 'running', processes, shop, told, [Symbol.asyncDispose]: () => shop.close() }
}

async function openEmbedded({ variables, report }: Options): Promise<PlatformUnderTest> {
  await using opened = new AsyncDisposableStack()
  const directory = await ownDirectory(opened)
  const port = await freePorts(1)
  const environment = { ...variables, ...own(directory, port), BACKENDS: 'embedded', TARGET: 'all' }
  const process = { service: 'all', url: `http://127.0.0.1:${port}`, environment: {} } as const
  return run(opened.move(), { profile: 'embedded', processes: [process], environment, report })
}

async function openDistributed({ variables, indexers = 1, report }: Options): Promise<PlatformUnderTest> {
  await using opened = new AsyncDisposableStack()
  const directory = await ownDirectory(opened)
  const port = await freePorts(serviceNames.length + indexers - 1)
  const settings = { ...variables, ...own(directory, port), BACKENDS: 'distributed', FILES_URL: sharedFiles(directory) }
  const names = opened.use(await ownNames(readEnvironment(settings)))
  const environment = { ...settings, ...names.variables }
  await migrateAll(names.variables.DATABASE_URL ?? '')
  const planned = planProcesses({ HOST: '127.0.0.1', PORT: port, directory })
  const processes = [...planned, ...moreIndexers(planned, directory, port + planned.length, indexers - 1)]
  return run(opened.move(), { profile: 'distributed', processes, environment, report })
}

async function ownDirectory(opened: AsyncDisposableStack): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'eip-bench-'))
  return opened.adopt(directory, (path) => rm(path, { recursive: true, force: true, maxRetries: 5 }))
}

const own = (directory: string, port: number) => ({
  ...quiet,
  EIP_DATA_DIR: directory,
  HOST: '127.0.0.1',
  PORT: String(port),
  SIGNING_KEY: randomBytes(32).toString('base64'),
  PEERS: '',
})

/** Indexers beside the one that the others call; they share its group's work. */
function moreIndexers(
  planned: readonly PlannedProcess[],
  directory: string,
  firstPort: number,
  count: number,
): readonly PlannedProcess[] {
  const first = planned.find(({ service }) => service === 'indexer')!
  return Array.from({ length: count }, (_, place) => {
    const port = firstPort + place
    const environment = {
      ...first.environment,
      PORT: String(port),
      EIP_DATA_DIR: join(directory, `indexer-${place + 2}`),
    }
    return { ...first, url: `http://127.0.0.1:${port}`, environment }
  })
}

type Run = Readonly<{
  profile: Profile
  processes: readonly PlannedProcess[]
  environment: Variables
  report: Report
}>

/** Resolves when all processes are ready; what was opened goes when they have stopped. */
async function run(
  opened: AsyncDisposableStack,
  { profile, processes, environment, report }: Run,
): Promise<PlatformUnderTest> {
  await using stack = opened
  const all = supervise({
    processes,
    command: [process.execPath, join(import.meta.dirname, '..', 'main.ts'), 'serve'],
    environment,
    say: (service, line) => report(`${service}: ${line}`),
  })
  stack.defer(() => all.stop())
  const told = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    const stop = () => told.abort()
    process.once(signal, stop)
    stack.defer(() => void process.off(signal, stop))
  }
  await all.ready(AbortSignal.any([told.signal, AbortSignal.timeout(readyWithinMs)]))
  const { url } = processes.find(({ service }) => service === 'gateway') ?? processes[0]!
  const shop = stack.adopt(await shopAt(url, environment), (each) => each.close())
  const held = stack.move()
  return Object.freeze({
    url,
    profile,
    processes: named(processes),
    shop,
    told: told.signal,
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  })
}

const shopAt = (url: string, environment: Variables): Promise<Shop> =>
  openShop(readEnvironment({ ...environment, PLATFORM_URL: url }) satisfies Environment)

/** `indexer`, `indexer-2`: by the service, the later ones with their place. */
function named(processes: readonly PlannedProcess[]): readonly MeasuredProcess[] {
  const counts = new Map<string, number>()
  return processes.map(({ service, url }) => {
    const place = (counts.get(service) ?? 0) + 1
    counts.set(service, place)
    return { name: place === 1 ? service : `${service}-${place}`, url }
  })
}
