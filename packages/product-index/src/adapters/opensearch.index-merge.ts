import { setTimeout as pause } from 'node:timers/promises'
import { type Connection, type ConnectionOptions, connect } from './opensearch.connection.ts'

const patienceMs = 120_000
const pauseMs = 1_000

/**
 * For tests and measurements: each of these indexes in one segment without documents that were replaced, which count in the cluster's
 * statistics until then and move scores by a little. The cluster keeps them for copies that lag behind until it looks again, every 30 s.
 */
export async function mergeIndexes(connection: Connection, names: string): Promise<void> {
  for (const startedAt = performance.now(); ; await pause(pauseMs)) {
    await connection.call({ method: 'POST', path: `/${names}/_flush` })
    await connection.call({ method: 'POST', path: `/${names}/_forcemerge`, query: { max_num_segments: 1 } })
    await connection.call({ method: 'POST', path: `/${names}/_refresh` })
    if ((await replacedIn(connection, names)) === 0) return
    if (performance.now() - startedAt > patienceMs) throw new Error(`${names} still holds documents that were replaced`)
  }
}

async function replacedIn(connection: Connection, names: string): Promise<number> {
  type Stats = Readonly<{ _all: Readonly<{ primaries: Readonly<{ docs: Readonly<{ deleted: number }> }> }> }>
  const { _all } = await connection.call<Stats>({ method: 'GET', path: `/${names}/_stats/docs` })
  return _all.primaries.docs.deleted
}

export async function mergeIndexesAt(options: ConnectionOptions, prefix: string): Promise<void> {
  const connection = connect(options)
  await mergeIndexes(connection, `${prefix}-*`).finally(() => connection.close())
}
