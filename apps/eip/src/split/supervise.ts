import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import type { PlannedProcess } from './plan-processes.ts'

type Options = Readonly<{
  processes: readonly PlannedProcess[]
  /** The program that each of them runs, and its arguments. */
  command: readonly [string, ...string[]]
  environment: NodeJS.ProcessEnv
  /** Told every line that a process writes, and what becomes of it. */
  say(service: string, line: string): void
  /** First wait before a process that ended is started again, in milliseconds; it doubles up to 30 seconds. Default 1,000. */
  restartDelayMs?: number
  /** How long a process that was asked to stop may take before it is killed, in milliseconds. Default 30,000. */
  stopWithinMs?: number
}>

export type Supervised = Readonly<{
  /** Resolves when every process has said that it is ready, each told as it comes; rejects when `signal` aborts, naming the others. */
  ready(signal: AbortSignal): Promise<void>
  /** Ends a process without a farewell, if it runs; it is started again as any that ended. */
  kill(service: PlannedProcess['service']): void
  /** Asks all to stop, and resolves when they have; who takes too long is killed. */
  stop(): Promise<void>
}>

const longestDelayMs = 30_000
/** A process that has run for so long is not one that fails at its start. */
const steadyMs = 60_000
/** How long the lines that a process left may take to be read. */
const lastLinesMs = 1_000

/** The process of each service that was started last. */
type Children = Map<PlannedProcess['service'], ChildProcess>

/** Runs processes side by side: their lines come together, one that ends is started again, all stop as one. */
export function supervise(options: Options): Supervised {
  const { processes, say } = options
  const stopping = new AbortController()
  const children: Children = new Map()
  const runs = processes.map((process) => keepRunning(process, options, stopping.signal, children))

  const untilReady = async ({ service, url }: PlannedProcess, signal: AbortSignal) => {
    const began = performance.now()
    while (!(await isReady(url))) await wait(100, undefined, { signal })
    say(service, `ready after ${((performance.now() - began) / 1_000).toFixed(1)} s at ${url}`)
  }
  return Object.freeze({
    async ready(signal: AbortSignal) {
      const missing = new Set(processes)
      const each = async (process: PlannedProcess) => {
        await untilReady(process, signal)
        missing.delete(process)
      }
      await Promise.all(processes.map(each)).catch((cause: unknown) => {
        const names = [...missing].map(({ service, url }) => `${service} at ${url}`).join(', ')
        throw new Error(`waiting was aborted before these were ready: ${names}`, { cause })
      })
    },
    kill(service: PlannedProcess['service']) {
      children.get(service)?.kill('SIGKILL')
    },
    async stop() {
      stopping.abort()
      await Promise.all(runs)
    },
  })
}

async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/ready`, { signal: AbortSignal.timeout(2_000) })
    await response.body?.cancel()
    return response.ok
  } catch {
    return false
  }
}

async function keepRunning(
  planned: PlannedProcess,
  options: Options,
  stopping: AbortSignal,
  children: Children,
): Promise<void> {
  const { say, restartDelayMs = 1_000 } = options
  for (let delay = restartDelayMs; !stopping.aborted; ) {
    const began = performance.now()
    const ended = await run(planned, options, stopping, children)
    if (stopping.aborted) return
    if (performance.now() - began > steadyMs) delay = restartDelayMs
    say(planned.service, `ended ${ended}; it is started again in ${delay / 1_000} s`)
    await wait(delay, undefined, { signal: stopping }).catch(() => {})
    delay = Math.min(longestDelayMs, delay * 2)
  }
}

/** Resolves when the process has ended, with how. */
async function run(
  { service, environment }: PlannedProcess,
  options: Options,
  stopping: AbortSignal,
  children: Children,
): Promise<string> {
  const [program, ...args] = options.command
  const child = spawn(program, args, {
    env: { ...options.environment, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.set(service, child)
  let killing: NodeJS.Timeout | undefined
  const kill = () => {
    options.say(service, 'does not stop, and is killed')
    child.kill('SIGKILL')
  }
  const stop = () => {
    child.kill('SIGTERM')
    killing = setTimeout(kill, options.stopWithinMs ?? 30_000)
  }
  stopping.addEventListener('abort', stop)
  if (stopping.aborted) stop()
  const lines = [child.stdout, child.stderr].map((stream) => eachLine(stream, (line) => options.say(service, line)))
  const ended = await endOf(child)
  clearTimeout(killing)
  // What a child of its own still holds open is not waited for.
  const closing = setTimeout(() => {
    child.stdout.destroy()
    child.stderr.destroy()
  }, lastLinesMs)
  await Promise.allSettled(lines)
  clearTimeout(closing)
  stopping.removeEventListener('abort', stop)
  return ended
}

async function endOf(child: ChildProcess): Promise<string> {
  try {
    const [status, signal] = (await once(child, 'exit')) as [number | null, string | null]
    return signal === null ? `with status ${status}` : `by ${signal}`
  } catch (error) {
    return `before it began: ${error instanceof Error ? error.message : String(error)}`
  }
}

async function eachLine(stream: Readable, take: (line: string) => void): Promise<void> {
  for await (const line of createInterface({ input: stream })) if (line !== '') take(line)
}
