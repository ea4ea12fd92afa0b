import { randomBytes } from 'node:crypto'
import { temporaryDatabase } from '@eip/database/testing'
import { removeTopics } from '@eip/event-bus/bench'
import { removeIndexesAt } from '@eip/product-index/bench'
import { clusterOf, securityOf } from '../backends/distributed.ts'
import type { Environment } from '../environment.ts'

/** Names of a platform's own on servers that others use too, as long as it is measured. */
export type OwnNames = AsyncDisposable & Readonly<{ variables: Readonly<Record<string, string>> }>

/** A database, and beginnings of topics and indexes, that nobody else has; all of it is removed when it is disposed of. */
export async function ownNames(servers: Environment): Promise<OwnNames> {
  const name = `eip-bench-${randomBytes(4).toString('hex')}`
  const database = await temporaryDatabase(servers.DATABASE_URL ?? '', name)
  return Object.freeze({
    variables: Object.freeze({
      DATABASE_URL: database.url,
      KAFKA_TOPIC_PREFIX: `${name}.`,
      OPENSEARCH_INDEX_PREFIX: name,
    }),
    async [Symbol.asyncDispose]() {
      const removed = await Promise.allSettled([
        removeTopics(servers.KAFKA_BROKERS ?? [], `${name}.`, securityOf(servers)),
        removeIndexesAt(clusterOf(servers), name),
        database[Symbol.asyncDispose](),
      ])
      const failed = removed.find((each) => each.status === 'rejected')
      if (failed !== undefined) throw failed.reason
    },
  })
}
