import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Connection } from '../adapters/opensearch.connection.ts'

const megabytes = (bytes: number): number => Math.round(bytes / 2 ** 20)

/** What the process holds after this thread has collected its garbage; the writer's thread may still have some. */
export function residentMegabytes(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  return megabytes(process.memoryUsage.rss())
}

/** Heap of all nodes, garbage and what others keep there included, and the bytes of these indexes on disk. */
export type ClusterMemory = Readonly<{ heap_used_mb: number; heap_max_mb: number; store_mb: number }>

type NodesStats = Readonly<{
  nodes: Readonly<Record<string, { jvm: { mem: { heap_used_in_bytes: number; heap_max_in_bytes: number } } }>>
}>
type IndexStats = Readonly<{ _all: { primaries: { store: { size_in_bytes: number } } } }>

export async function clusterMemory(connection: Connection, prefix: string): Promise<ClusterMemory> {
  const { nodes } = await connection.call<NodesStats>({ method: 'GET', path: '/_nodes/stats/jvm' })
  const { _all } = await connection.call<IndexStats>({ method: 'GET', path: `/${prefix}-*/_stats/store` })
  const heaps = Object.values(nodes).map(({ jvm }) => jvm.mem)
  return {
    heap_used_mb: megabytes(heaps.reduce((sum, { heap_used_in_bytes }) => sum + heap_used_in_bytes, 0)),
    heap_max_mb: megabytes(heaps.reduce((sum, { heap_max_in_bytes }) => sum + heap_max_in_bytes, 0)),
    store_mb: megabytes(_all.primaries.store.size_in_bytes),
  }
}

export async function clusterVersions(
  connection: Connection,
): Promise<Readonly<{ opensearch: string; lucene: string }>> {
  type Root = Readonly<{ version: { number: string; lucene_version: string } }>
  const { version } = await connection.call<Root>({ method: 'GET', path: '/' })
  return { opensearch: version.number, lucene: version.lucene_version }
}
