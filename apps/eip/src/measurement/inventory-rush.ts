import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { failures } from '@eip/kernel'
import type { InventoryPlace } from './inventory-place.ts'

const failure = failures({
  'bench.rush-failed': { kind: 'internal', cure: 'Look at what the process said: an operation failed that must not.' },
})

/** What a process of callers is told to do. `run` counts them, and seeds what they do. */
export type RushOrder = Readonly<{
  place: InventoryPlace
  products: number
  callers: number
  operations: number
  run: number
}>

/** An operation that was answered. */
export type RushReport = Readonly<{
  kind: 'receive' | 'adjust' | 'reserve' | 'confirm' | 'release' | 'restore'
  id: string
  lines: readonly Readonly<{ productId: string; quantity: number }>[]
  outcome: string
  ms: number
}>

export type Rush = Readonly<{ reports: readonly RushReport[]; seconds: number; crashes: number }>

const program = fileURLToPath(new URL('./inventory-rush.process.ts', import.meta.url))

/** One process; killed once it has told of `killAfter` operations, where that is less than it is to do. */
async function runOnce(order: RushOrder, killAfter: number): Promise<Rush> {
  const child = spawn(process.execPath, [program, JSON.stringify(order)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  const reports: RushReport[] = []
  let start = 0
  let seconds = 0
  for await (const line of createInterface({ input: child.stdout })) {
    // The last line of one that was killed may be half a line.
    const report = line.endsWith('}') ? (JSON.parse(line) as RushReport | { kind: 'ready' }) : null
    if (report?.kind === 'ready') start = performance.now()
    else if (report) reports.push(report)
    if (!child.killed) seconds = (performance.now() - start) / 1_000
    if (killAfter < order.operations && reports.length >= killAfter && !child.killed) child.kill('SIGKILL')
  }
  const [status] = await ended
  if (status !== 0 && !child.killed)
    throw failure('bench.rush-failed', `the process of the callers ended with status ${status}`)
  return { reports, seconds, crashes: Number(child.killed) }
}

/** As many operations as are asked for, by processes of which the first `crashes` are killed in the middle. */
export async function inventoryRush(
  order: Omit<RushOrder, 'run'>,
  crashes: number,
  report: (text: string) => void,
): Promise<Rush> {
  const reports: RushReport[] = []
  let [seconds, killed] = [0, 0]
  for (let run = 0; reports.length < order.operations; run++) {
    const left = order.operations - reports.length
    const killAfter = run < crashes ? Math.ceil(left / (crashes - run + 1)) : left
    const rush = await runOnce({ ...order, operations: left, run }, killAfter)
    for (const each of rush.reports) reports.push(each)
    seconds += rush.seconds
    killed += rush.crashes
    report(`${reports.length} operations, ${killed} crashes`)
  }
  return { reports, seconds, crashes: killed }
}
