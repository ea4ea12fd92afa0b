import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { newId } from '@eip/kernel'
import { parsePrometheus } from '@eip/telemetry/prometheus-text'
import { repositoryRoot, temporaryDirectory, until } from '@eip/testkit'
import { migrateAll } from '../../apps/eip/src/backends/migrations.ts'
import { type PlannedProcess, planProcesses, sharedFiles } from '../../apps/eip/src/split/plan-processes.ts'
import { supervise } from '../../apps/eip/src/split/supervise.ts'
import type { EngineSet } from './engine-set.ts'

const program = [process.execPath, join(repositoryRoot, 'apps/eip/src/main.ts')] as const
const password = 'correct horse battery'
const readyWithinMs = 240_000

/** One process more of a service. */
export type AnotherProcess = Readonly<{
  /** The sum of a metric's series; 0 for one that it does not have. */
  metric(name: string): Promise<number>
  /** Ends it without a farewell. Nobody starts it again. */
  kill(): Promise<void>
}>

/** A process for each service, on servers of its own. */
export type SplitPlatform = AsyncDisposable &
  Readonly<{
    /** Of the gateway. */
    url: string
    password: string
    /** The last lines that the processes wrote, for whoever looks why a test failed. */
    lines(): readonly string[]
    /** Which processes ended by themselves, and how. */
    endings(): readonly string[]
    /** Ends the process of a service without a farewell; resolves when it has ended. It is started again by itself. */
    kill(service: PlannedProcess['service']): Promise<void>
    /** Resolves when every service is ready. */
    ready(): Promise<void>
    /** Starts one process more of a service; resolves when it is ready. */
    another(service: PlannedProcess['service'], port: number): Promise<AnotherProcess>
    /** Runs a command of ours against it; answers with what it printed, whatever its status. */
    eip(...args: readonly string[]): Promise<string>
  }>

/** Starts the platform as `eip dev --split` does; resolves when every service is ready. */
export async function splitPlatform(
  set: EngineSet,
  settings: Readonly<Record<string, string>>,
): Promise<SplitPlatform> {
  const at = temporaryDirectory()
  const addresses = await set.addresses()
  await migrateAll(addresses.DATABASE_URL ?? '')
  const environment = {
    // biome-ignore lint/style/noProcessEnv: the processes need the PATH of whoever runs the tests.
    ...process.env,
    ...{ BACKENDS: 'distributed', DEMO: 'off', ENCODER: 'manual', SIGNING_KEY: newId() + newId() },
    ...{ OPERATOR_PASSWORD: password, FILES_URL: sharedFiles(at.path), LOG_LEVEL: 'info' },
    ...addresses,
    ...settings,
  }
  const processes = planProcesses({ HOST: '127.0.0.1', PORT: set.platformPort, directory: at.path })
  const lines: string[] = []
  const say = (service: string, line: string) => lines.push(`${service}: ${line}`)
  const all = supervise({ processes, command: [...program, 'serve'], environment, say })
  const more: ChildProcess[] = []
  const url = processes.find(({ service }) => service === 'gateway')!.url
  const endings = () => lines.filter((line) => /^\w+: ended /.test(line))
  const platform = {
    ...{ url, password, endings },
    lines: () => lines.slice(-200),
    async kill(service: PlannedProcess['service']) {
      const before = endings().length
      all.kill(service)
      await until(`${service} has ended`, () => endings().length > before)
    },
    ready: () => all.ready(AbortSignal.timeout(readyWithinMs)),
    async another(service: PlannedProcess['service'], port: number) {
      const planned = processes.find((each) => each.service === service)!.environment
      const own = { PORT: String(port), EIP_DATA_DIR: join(at.path, `${service}-${port}`) }
      const env = { ...environment, ...planned, ...own }
      const child = spawn(program[0], [program[1], 'serve'], { env, stdio: 'ignore' })
      more.push(child)
      const address = `http://127.0.0.1:${port}`
      const isReady = async () => (await fetch(`${address}/ready`).catch(() => null))?.ok
      await until(`one more ${service} is ready`, isReady, readyWithinMs)
      return { metric: (name: string) => metricAt(address, name), kill: () => killed(child) }
    },
    async eip(...args: readonly string[]) {
      const own = { PLATFORM_URL: url, EIP_DATA_DIR: join(at.path, 'command') }
      mkdirSync(own.EIP_DATA_DIR, { recursive: true })
      return outputOf([program[1], ...args], { ...environment, ...own })
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(more.map(killed))
      await all.stop()
      at[Symbol.dispose]()
    },
  }
  try {
    await platform.ready()
  } catch (error) {
    await platform[Symbol.asyncDispose]()
    throw new Error(`the platform is not ready:\n${platform.lines().join('\n')}`, { cause: error })
  }
  return Object.freeze(platform)
}

const outputOf = (args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> =>
  new Promise((resolve) => execFile(program[0], args, { env, maxBuffer: 16 << 20 }, (_, stdout) => resolve(stdout)))

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

async function metricAt(address: string, name: string): Promise<number> {
  const families = parsePrometheus(await (await fetch(`${address}/metrics`)).text())
  return (families.get(name)?.samples ?? []).reduce((sum, { value }) => sum + value, 0)
}
