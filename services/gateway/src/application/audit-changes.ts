import type { AuditEntry } from '@eip/contracts'
import { type Clock, isFailure } from '@eip/kernel'
import type { CallWatch } from '@eip/rpc'
import { changes } from '../domain/change.ts'
import type { AuditLog } from '../ports/audit-log.port.ts'
import { callerOf, type EdgeCall, type GatewayHandlers } from './edge.ts'

type Needs = Readonly<{ auditLog: AuditLog; clock: Clock; watch: CallWatch }>
type Handler = (input: unknown, call: EdgeCall) => Promise<unknown>
type Change = Readonly<{ target(input: unknown): string; detail(input: unknown, output: unknown): string }>

const longest = 1_000
const short = (text: string) => (text.length > longest ? `${text.slice(0, longest)}…` : text)

/**
 * The same handlers, with every change in the audit log: begun before, settled after. A change that cannot be written down
 * is not made. One that was made stays made, and the caller is told so, though how it ended could not be written.
 */
export function auditChanges(handlers: GatewayHandlers, { auditLog, clock, watch }: Needs): GatewayHandlers {
  const audited = (operation: string, change: Change, handle: Handler): Handler => {
    const settle = async (id: number, outcome: AuditEntry['outcome'], detail: string, { trace }: EdgeCall) => {
      await auditLog.settle(id, outcome, short(detail)).catch((error) => watch.failed(error, { operation, trace }))
    }
    return async (input, call) => {
      const { name, role } = callerOf(call)
      const at = new Date(clock.now()).toISOString()
      const id = await auditLog.begin({ at, by: name, role, operation, target: short(change.target(input)) })
      try {
        const output = await handle(input, call)
        await settle(id, 'done', change.detail(input, output), call)
        return output
      } catch (error) {
        await settle(id, 'failed', isFailure(error) ? error.message : 'it failed unexpectedly', call)
        throw error
      }
    }
  }
  // Input and output were checked by the operation's own schemas; a table by name cannot say so to the compiler.
  const known = changes as unknown as Readonly<Record<string, Change | undefined>>
  const wrapped = Object.entries(handlers as unknown as Readonly<Record<string, Handler>>).map(
    ([operation, handle]) => {
      const change = known[operation]
      return [operation, change ? audited(operation, change, handle) : handle]
    },
  )
  return Object.freeze(Object.fromEntries(wrapped)) as GatewayHandlers
}
