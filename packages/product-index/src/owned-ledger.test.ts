import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createOwnedLedger, type OwnedLedger, restoreOwnedLedger } from './owned-ledger.ts'

const stored = (ledger: OwnedLedger) => ({ inventory: ledger.bytes('inventory'), logistics: ledger.bytes('logistics') })

const atp = fc.option(fc.integer(), { nil: null })
const write = fc.record({ entry: fc.nat(5_000), version: fc.nat(), atp, score: fc.option(fc.double({ noNaN: true })) })

describe('the ledger of owned columns', () => {
  it('answers as maps do, before and after it was stored, and goes on', () => {
    fc.assert(
      fc.property(fc.array(write, { maxLength: 60 }), (writes) => {
        let ledger = createOwnedLedger()
        const expected = new Map<number, { version: number; atp: number | null; score: number | null }>()
        for (const [turn, each] of writes.entries()) {
          const { entry, version, atp, score } = each
          ledger.set('inventory', entry, version, { atp })
          ledger.set('logistics', entry, version + 1, { logisticsScore: score, coverage: 2 ** 52 - 1 })
          expected.set(entry, each)
          if (turn === 30) ledger = restoreOwnedLedger(stored(ledger))
        }
        for (const [entry, { version, atp, score }] of expected) {
          expect(ledger.versionOf('inventory', entry)).toBe(version)
          expect(ledger.versionOf('logistics', entry)).toBe(version + 1)
          const numbers = { atp, daysOfCover: null, logisticsScore: score, coverage: 2 ** 52 - 1, delayRate: null }
          expect(ledger.numbersOf(entry)).toMatchObject(numbers)
          expect(ledger.heldOf(entry).inventory).toEqual({ version, numbers: atp === null ? {} : { atp } })
        }
        expect(ledger.numbersOf(5_001)).toBeNull()
      }),
    )
  })

  it('knows nothing of an owner that said nothing, and takes no room for it', () => {
    const ledger = createOwnedLedger()
    ledger.set('inventory', 7, 3, { atp: 1 })
    expect(ledger.heldOf(7)).toEqual({ inventory: { version: 3, numbers: { atp: 1 } } })
    expect(ledger.numbersOf(7)).toEqual({ atp: 1, daysOfCover: null })
    expect([
      ledger.versionOf('logistics', 7),
      ledger.versionOf('inventory', 6),
      ledger.versionOf('inventory', -1),
    ]).toEqual([-1, -1, -1])
    expect([ledger.bytes('inventory').length, ledger.bytes('logistics').length]).toEqual([8 * 3 * 8, 0])
  })

  it('refuses what is no whole rows', () => {
    const ledger = createOwnedLedger()
    ledger.set('logistics', 0, 1, { logisticsScore: 1 })
    const { inventory, logistics } = stored(ledger)
    expect(() => restoreOwnedLedger({ inventory, logistics: logistics.subarray(8) })).toThrow(/no whole rows/)
  })
})
