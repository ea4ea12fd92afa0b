import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createVersionLedger, restoreVersionLedger } from './version-ledger.ts'

const id = fc.oneof(
  fc.constantFrom('a', 'b', 'aa', 'ab', 'ba', '상품-1', 'produto-é'),
  fc.string({ minLength: 1, maxLength: 128, unit: 'grapheme-ascii' }),
)

describe('the version ledger', () => {
  it('answers as a map does, before and after it was stored', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(id, fc.nat()), { maxLength: 300 }), (writes) => {
        const ledger = createVersionLedger(16)
        const expected = new Map<string, number>()
        for (const [key, version] of writes) {
          ledger.set(key, version)
          expected.set(key, version)
        }
        const restored = restoreVersionLedger(ledger.bytes())
        for (const same of [ledger, restored]) {
          expect(same.size).toBe(expected.size)
          for (const [key, version] of expected) expect(same.get(key)).toBe(version)
          expect(same.get('never seen')).toBe(-1)
        }
      }),
    )
  })

  it('goes on growing after it was restored', () => {
    const ledger = createVersionLedger()
    for (let i = 0; i < 5_000; i++) ledger.set(`sku-${i}`, i)
    const restored = restoreVersionLedger(ledger.bytes())
    for (let i = 5_000; i < 20_000; i++) restored.set(`sku-${i}`, i)
    for (let i = 0; i < 20_000; i++) expect(restored.get(`sku-${i}`)).toBe(i)
  })

  it('keeps versions beyond 32 bits', () => {
    const ledger = createVersionLedger()
    ledger.set('a', Number.MAX_SAFE_INTEGER)
    expect(restoreVersionLedger(ledger.bytes()).get('a')).toBe(Number.MAX_SAFE_INTEGER)
  })

  it('refuses bytes that are no ledger, or half of one', () => {
    const ledger = createVersionLedger()
    ledger.set('a', 1)
    const stored = ledger.bytes()
    expect(() => restoreVersionLedger(stored.subarray(0, stored.length - 1))).toThrow(/version ledger/)
    expect(() => restoreVersionLedger(Buffer.from('something else entirely'))).toThrow(/version ledger/)
  })
})
