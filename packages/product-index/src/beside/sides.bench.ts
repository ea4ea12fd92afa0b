import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openNativeProductIndex } from '../adapters/native.product-index.ts'
import { type Connection, connect } from '../adapters/opensearch.connection.ts'
import { removeIndexes } from '../adapters/opensearch.index-removal.ts'
import { type OpenSearchProductIndexOptions, openOpenSearchProductIndex } from '../adapters/opensearch.ts'
import { standsStill } from '../hybrid.bench.ts'
import type { ProductIndex } from '../product-index-writer.port.ts'

/** How the cluster is reached; one shard without replicas unless said otherwise. */
export type BesideCluster = Omit<OpenSearchProductIndexOptions, 'prefix' | 'requestTimeoutMs'>

/** One index that is measured, empty at first. Let go of, it leaves nothing behind. */
export type Side = AsyncDisposable &
  Readonly<{
    index(): ProductIndex
    /** Brings what was written into the shape in which it is asked: linked, merged, one segment where that can be ordered. Answers when that was done. */
    settle(): Promise<number>
  }>

/** Kept on disk as the platform keeps it. */
export async function nativeSide(): Promise<Side> {
  const dir = await mkdtemp(join(tmpdir(), 'eip-bench-beside-'))
  const index = await openNativeProductIndex({ dir })
  return {
    index: () => index,
    settle: () => standsStill(index),
    async [Symbol.asyncDispose]() {
      await index.close()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

/** Merging a million products into one segment takes minutes. */
const requestTimeoutMs = 3_600_000

/** `prefix`: begins the names of its indexes. */
export async function opensearchSide(cluster: BesideCluster, connection: Connection, prefix: string): Promise<Side> {
  const open = () => openOpenSearchProductIndex({ ...cluster, prefix, requestTimeoutMs })
  let index = await open()
  return {
    index: () => index,
    async settle() {
      await index.close()
      const query = { max_num_segments: 1 }
      for (const part of ['products', 'vectors'])
        await connection.call({ method: 'POST', path: `/${prefix}-${part}-*/_forcemerge`, query })
      for (const step of ['_flush', '_refresh']) await connection.call({ method: 'POST', path: `/${prefix}-*/${step}` })
      const done = performance.now()
      index = await open()
      return done
    },
    async [Symbol.asyncDispose]() {
      await index.close()
      await removeIndexes(connection, prefix)
    },
  }
}

export const clusterConnection = (cluster: BesideCluster): Connection => connect({ ...cluster, requestTimeoutMs })

/** A name that nobody else has. */
export const benchPrefix = (): string => `eip-bench-${randomUUID().slice(0, 8)}`
