import { describe, expect, it } from 'vitest'
import { concluded, type ImportOutcome, importLimits, isAbandoned, newImport, noRows } from './import-record.ts'

const now = Date.UTC(2026, 0, 1)
const record = newImport({
  ...{ id: 'a', fileName: 'a.jsonl', bytes: 10, startedBy: 'kim', now },
  options: { map: [], ignore: [] },
})
const outcome = (rows: Partial<ImportOutcome['rows']>, fault: ImportOutcome['fault'] = null): ImportOutcome => ({
  rows: { ...noRows, ...rows },
  repaired: {},
  fault,
})
const endOf = (...given: Parameters<typeof outcome>) => {
  const first = { line: 1, field: 'title', reason: 'line 1: is missing', text: '{}' }
  const { state, trouble, endedAt } = concluded(record, outcome(...given), first, now)
  expect(endedAt).toBe('2026-01-01T00:00:00.000Z')
  return [state, trouble]
}

describe('an import that was run', () => {
  it('is done when rows went in, even if not all did', () => {
    expect(endOf({ read: 3, kept: 1, setAside: 2, unchanged: 1 })).toEqual(['done', null])
  })

  it('failed when the file breaks off, and says where', () => {
    expect(endOf({ read: 3, kept: 3 }, { line: 4, reason: 'it was cut off' })).toEqual([
      'failed',
      'the file breaks off at line 4: it was cut off; what stood before is in',
    ])
  })

  it('failed when there was nothing in it, or nothing of use', () => {
    expect(endOf({})).toEqual(['failed', 'the file holds no rows'])
    expect(endOf({ read: 3, setAside: 3 })).toEqual([
      'failed',
      'none of the 3 rows went in; line 1: is missing (field "title")',
    ])
    expect(endOf({ read: 1, setAside: 1 })[1]).toContain('the only row did not go in')
  })
})

it('an import is abandoned when nothing of it came for more than a day', () => {
  expect(isAbandoned(record, now + importLimits.abandonedAfterMs)).toBe(false)
  expect(isAbandoned(record, now + importLimits.abandonedAfterMs + 1)).toBe(true)
  expect(isAbandoned({ ...record, state: 'waiting' }, now + 2 * importLimits.abandonedAfterMs)).toBe(false)
})
