import { describe, expect, it } from 'vitest'
import { auditLogContract } from '../ports/audit-log.contract.ts'
import { memoryAuditLog } from './memory.audit-log.ts'

describe('memory audit log', () => {
  auditLogContract(async () => memoryAuditLog())

  it('forgets the oldest beyond ten thousand', async () => {
    const log = memoryAuditLog()
    const at = '2026-01-01T00:00:00.000Z'
    for (let i = 0; i < 10_005; i++)
      await log.begin({ at, by: 'ana', role: 'operator', operation: 'trainEncoder', target: String(i) })
    const entries = await log.list({ size: 20_000 })
    expect([entries.length, entries.at(-1)?.target]).toEqual([10_000, '5'])
  })
})
