import { beforeEach, expect, it } from 'vitest'
import { type AuditLog, type BegunChange, unsettled } from './audit-log.port.ts'

const change = (given: Partial<BegunChange> = {}): BegunChange => ({
  ...{ at: '2026-01-01T00:00:00.000Z', by: 'ana', role: 'merchandiser', operation: 'saveSynonym', target: 'tv' },
  ...given,
})

export const auditLogContract = (open: () => Promise<AuditLog>) => {
  let log: AuditLog
  beforeEach(async () => {
    log = await open()
  })
  const idsOf = async (filter: Partial<Parameters<AuditLog['list']>[0]> = {}) =>
    (await log.list({ size: 100, ...filter })).map(({ id }) => id)

  it('numbers entries upwards from 1 or more', async () => {
    const ids = [await log.begin(change()), await log.begin(change()), await log.begin(change())]
    expect(ids[0]).toBeGreaterThanOrEqual(1)
    expect(ids).toEqual(ids.toSorted((a, b) => a - b))
    expect(new Set(ids).size).toBe(3)
  })

  it('shows a change that was begun as failed, until it is settled', async () => {
    const id = await log.begin(change())
    expect(await log.list({ size: 10 })).toEqual([{ ...change(), id, outcome: 'failed', detail: unsettled }])
    await log.settle(id, 'done', 'two-way: tv, television')
    expect(await log.list({ size: 10 })).toEqual([
      { ...change(), id, outcome: 'done', detail: 'two-way: tv, television' },
    ])
  })

  it('settles an entry once, and none that is not there', async () => {
    const id = await log.begin(change())
    await log.settle(id, 'failed', 'the first word')
    await log.settle(id, 'done', 'the second')
    await log.settle(id + 1, 'done', 'nobody')
    expect(await log.list({ size: 10 })).toEqual([{ ...change(), id, outcome: 'failed', detail: 'the first word' }])
  })

  it('lists the newest first, page by page', async () => {
    const ids: number[] = []
    for (let i = 0; i < 5; i++) ids.unshift(await log.begin(change({ target: `rule ${i}` })))
    expect(await idsOf()).toEqual(ids)
    expect(await idsOf({ size: 2 })).toEqual(ids.slice(0, 2))
    expect(await idsOf({ size: 2, before: ids[1]! })).toEqual(ids.slice(2, 4))
    expect(await idsOf({ before: ids[4]! })).toEqual([])
  })

  it('narrows by person and by operation, compared exactly', async () => {
    const [a, b, c] = [
      await log.begin(change({ by: 'ana', operation: 'saveSynonym' })),
      await log.begin(change({ by: 'olga', operation: 'saveSynonym' })),
      await log.begin(change({ by: 'ana', operation: 'deleteSynonym' })),
    ]
    expect(await idsOf({ by: 'ana' })).toEqual([c, a])
    expect(await idsOf({ operation: 'saveSynonym' })).toEqual([b, a])
    expect(await idsOf({ by: 'ana', operation: 'saveSynonym' })).toEqual([a])
    expect(await idsOf({ by: 'Ana' })).toEqual([])
    expect(await idsOf({ by: "' OR 1=1 --" })).toEqual([])
  })

  it('keeps the time and every character of what it was told', async () => {
    const told = change({ at: '2026-03-04T05:06:07.891Z', by: 'ünal', target: '냉장고 "1" \u0000 \u{1f4fa}' })
    const id = await log.begin(told)
    await log.settle(id, 'done', '→ 완료')
    expect(await log.list({ size: 1 })).toEqual([{ ...told, id, outcome: 'done', detail: '→ 완료' }])
  })
}
