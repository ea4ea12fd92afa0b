import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { CommandLine } from './command-line.ts'
import type { Engine, EngineNode } from './engine.port.ts'
import { failure } from './failures.ts'
import { kafkaDistribution, opensearchDistribution, renewLock } from './maven.ts'
import { kill, launch, livePid, memoryMebibytes, stop, untilReady } from './node-process.ts'
import { say } from './output.ts'
import { assertFree } from './ports.ts'
import type { Settings } from './settings.ts'

const seconds = (since: number): string => `${((performance.now() - since) / 1_000).toFixed(1)} s`

export async function install(engines: readonly Engine[]): Promise<void> {
  for (const engine of engines) {
    const since = performance.now()
    await engine.install()
    say(`${engine.name} ${engine.version()} is installed (${seconds(since)})`)
  }
}

/** The nodes that a command line means: one, a number of them, or those that are there. */
export function nodesMeant(engine: Engine, { nodes, node }: CommandLine): readonly EngineNode[] {
  const known = engine.nodes(nodes)
  if (node === undefined) return known
  const one = known.find(({ number }) => number === node)
  if (one === undefined)
    throw failure('engines.wrong-use', `${engine.name} has ${known.length} node(s): there is no node ${node}.`)
  return [one]
}

/** All at once, but none while a port of any is taken: half a cluster beside somebody else's would look like a whole one.
 *  What fails later does not hold up the rest, and every failure is told. */
export async function start(engines: readonly Engine[], line: CommandLine, settings: Settings): Promise<void> {
  const missing = engines.filter((engine) => engine.version() === null)
  if (missing.length > 0)
    throw failure('engines.not-installed', `Not installed: ${missing.map(({ name }) => name).join(', ')}.`)
  const nodes = engines.flatMap((engine) => nodesMeant(engine, line))
  const stopped = nodes.filter(({ directory }) => livePid(directory) === null)
  await settled(stopped.flatMap(({ ports }) => ports.map(assertFree)))
  await settled(nodes.map((node) => startNode(node, settings)))
}

async function startNode(node: EngineNode, { waitSeconds }: Settings): Promise<void> {
  const since = performance.now()
  const running = livePid(node.directory)
  if (running === null) await launch(node)
  await untilReady(node, waitSeconds)
  const pid = livePid(node.directory)
  if (pid === null) throw failure('engines.not-ready', `${node.name} ended right after it answered.`)
  const where = `127.0.0.1:${node.ports[0].number} (pid ${pid}, ${memoryMebibytes(pid)} MiB)`
  say(running === null ? `${node.name} is ready after ${seconds(since)} on ${where}` : `${node.name} runs on ${where}`)
}

export async function stopOrKill(engines: readonly Engine[], line: CommandLine, settings: Settings): Promise<void> {
  const [end, word] = line.verb === 'kill' ? [kill, 'killed'] : [stop, 'stopped']
  const nodes = engines.flatMap((engine) => nodesMeant(engine, line))
  await settled(
    nodes.map(async (node) => {
      const since = performance.now()
      const didRun = await end(node, settings.waitSeconds)
      say(didRun ? `${node.name} is ${word} (${seconds(since)})` : `${node.name} did not run`)
    }),
  )
}

export function wipe(engines: readonly Engine[], settings: Settings): void {
  const running = engines.flatMap((engine) => engine.nodes()).filter(({ directory }) => livePid(directory) !== null)
  if (running.length > 0)
    throw failure('engines.still-running', `Still running: ${running.map(({ name }) => name).join(', ')}.`)
  for (const { name } of engines) {
    rmSync(join(settings.directory, name), { recursive: true, force: true })
    say(`${name} is empty`)
  }
}

export function lock(settings: Settings): void {
  for (const distribution of [kafkaDistribution, opensearchDistribution]) {
    say(`${distribution.lock} has ${renewLock(distribution, settings.libraries)} files`)
  }
}

async function settled(work: readonly Promise<void>[]): Promise<void> {
  const faults = (await Promise.allSettled(work)).filter((result) => result.status === 'rejected')
  if (faults.length > 0) throw faults.length === 1 ? faults[0]?.reason : new AggregateError(faults.map((f) => f.reason))
}
