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

  it('holds of each the hash of what it says, and forgets the one before', () => {
    const ledger = createVersionLedger()
    ledger.set('a', 1, 'AAAAAAAB')
    ledger.set('b', 1, '////////')
    ledger.set('c', 1)
    for (const same of [ledger, restoreVersionLedger(ledger.bytes())])
      expect(['a', 'b', 'c', 'd'].map(same.hashOf)).toEqual(['AAAAAAAB', '////////', null, null])
    ledger.set('a', 2)
    expect(ledger.hashOf('a')).toBeNull()
  })

  it('lists its ids page by page, in the order in which they came', () => {
    const ledger = createVersionLedger()
    for (const each of ['b', '상품', 'a', 'b']) ledger.set(each, 1)
    expect([ledger.ids(0, 2), ledger.ids(2, 2), ledger.ids(3, 2)]).toEqual([['b', '상품'], ['a'], []])
  })

  it('reads a ledger of the time before there were hashes', () => {
    const ids = ['a', 'bc']
    const stored = Buffer.alloc(24 + 2 * 16 + 3)
    stored.writeUInt32LE(0x65_69_70_76, 0)
    stored.writeUInt32LE(1, 4)
    for (const [at, value] of [
      [8, 2],
      [16, 3],
      [24, 1],
      [32, 3],
      [40, 7],
      [48, 9],
    ] as const)
      stored.writeDoubleLE(value, at)
    stored.write(ids.join(''), 56)
    const ledger = restoreVersionLedger(stored)
    expect(ids.map(ledger.get)).toEqual([7, 9])
    expect(ids.map(ledger.hashOf)).toEqual([null, null])
    ledger.set('bc', 10, 'AAAAAAAB')
    expect(restoreVersionLedger(ledger.bytes()).hashOf('bc')).toBe('AAAAAAAB')
  })

  it('refuses bytes that are no ledger, or half of one', () => {
    const ledger = createVersionLedger()
    ledger.set('a', 1)
    const stored = ledger.bytes()
    expect(() => restoreVersionLedger(stored.subarray(0, stored.length - 1))).toThrow(/version ledger/)
    expect(() => restoreVersionLedger(Buffer.from('something else entirely'))).toThrow(/version ledger/)
  })
})
