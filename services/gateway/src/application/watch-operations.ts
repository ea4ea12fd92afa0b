import type { CatalogContract, IndexerContract } from '@eip/contracts'
import type { Client } from '@eip/rpc'
import type { AuditLog } from '../ports/audit-log.port.ts'
import type { Operations as Platform } from '../ports/operations.port.ts'
import type { GatewayHandlers } from './edge.ts'

type Operations = Pick<
  GatewayHandlers,
  'overview' | 'listServices' | 'listTopics' | 'listParked' | 'retryParked' | 'auditLog' | 'indexStatus'
>
type Needs = Readonly<{
  operations: Platform
  auditLog: AuditLog
  indexer: Client<IndexerContract>
  catalog: Client<CatalogContract>
}>

const defaultEntries = 50

/** How the platform is doing, and who changed what. */
export const watchOperations = ({ operations, auditLog, indexer, catalog }: Needs): Operations =>
  Object.freeze({
    overview: () => operations.overview(),
    listServices: async () => ({ services: [...(await operations.services())] }),
    listTopics: async () => ({ topics: [...(await operations.topics())] }),
    listParked: async () => ({ messages: [...(await operations.parked())] }),
    retryParked: ({ messages }) => operations.retry(messages),
    auditLog: async ({ size = defaultEntries, ...filter }) => ({
      entries: [...(await auditLog.list({ size, ...filter }))],
    }),
    async indexStatus(_, call) {
      const [status, { unpublishedEvents }] = await Promise.all([
        indexer.status({}, { call }),
        catalog.statistics({}, { call }),
      ])
      return { ...status, unpublishedEvents }
    },
  } satisfies Operations)
