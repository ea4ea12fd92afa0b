import type { Engine, EngineNode } from './engine.port.ts'
import { livePid, memoryMebibytes, wasStarted } from './node-process.ts'
import { table } from './output.ts'
import { isOpen } from './ports.ts'

export type NodeStatus = Readonly<{
  engine: string
  version: string | null
  port: number | null
  pid: number | null
  memory_mb: number | null
  state: 'not installed' | 'installed' | 'stopped' | 'starting' | 'running' | 'died'
}>

export const statusOf = async (engines: readonly Engine[]): Promise<readonly NodeStatus[]> =>
  (await Promise.all(engines.map(statusOfEngine))).flat()

async function statusOfEngine(engine: Engine): Promise<readonly NodeStatus[]> {
  const version = engine.version()
  const nodes = engine.nodes()
  if (nodes.length > 0) return Promise.all(nodes.map((node) => statusOfNode(node, version)))
  const state = version === null ? 'not installed' : 'installed'
  return [{ engine: engine.name, version, port: null, pid: null, memory_mb: null, state }]
}

async function statusOfNode(node: EngineNode, version: string | null): Promise<NodeStatus> {
  const port = node.ports[0].number
  const pid = livePid(node.directory)
  const state = await stateOf(node, version, pid)
  return { engine: node.name, version, port, pid, memory_mb: pid === null ? null : memoryMebibytes(pid), state }
}

async function stateOf(node: EngineNode, version: string | null, pid: number | null): Promise<NodeStatus['state']> {
  if (pid !== null) return (await isOpen(node.ports[0].number)) ? 'running' : 'starting'
  if (wasStarted(node.directory)) return 'died'
  return version === null ? 'not installed' : 'stopped'
}

export function statusTable(rows: readonly NodeStatus[]): string {
  const cell = (value: string | number | null, unit = '') => (value === null ? '-' : `${value}${unit}`)
  const lines = rows.map((row) => [
    row.engine,
    cell(row.version),
    cell(row.port),
    cell(row.pid),
    cell(row.memory_mb, ' MiB'),
    row.state,
  ])
  return table([['ENGINE', 'VERSION', 'PORT', 'PID', 'MEMORY', 'STATE'], ...lines])
}
