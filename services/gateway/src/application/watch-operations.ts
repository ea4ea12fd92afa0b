import type { AuditLog } from '../ports/audit-log.port.ts'
import type { Operations as Platform } from '../ports/operations.port.ts'
import type { GatewayHandlers } from './edge.ts'

type Operations = Pick<
  GatewayHandlers,
  'overview' | 'listServices' | 'listTopics' | 'listEngines' | 'listParked' | 'retryParked' | 'auditLog'
>
type Needs = Readonly<{
  operations: Platform
  auditLog: AuditLog
}>

const defaultEntries = 50

/** How the platform is doing, and who changed what. */
export const watchOperations = ({ operations, auditLog }: Needs): Operations =>
  Object.freeze({
    overview: () => operations.overview(),
    listServices: async () => ({ services: [...(await operations.services())] }),
    listTopics: async () => ({ topics: [...(await operations.topics())] }),
    listEngines: async () => ({ processes: [...(await operations.engines())] }),
    listParked: async () => ({ messages: [...(await operations.parked())] }),
    retryParked: ({ messages }) => operations.retry(messages),
    auditLog: async ({ size = defaultEntries, ...filter }) => ({
      entries: [...(await auditLog.list({ size, ...filter }))],
    }),
  } satisfies Operations)
