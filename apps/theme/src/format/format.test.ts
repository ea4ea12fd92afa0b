import { describe, expect, it } from 'vitest'
import { formatAmount } from './amount.ts'
import { formatDate } from './date.ts'
import { formatDuration } from './duration.ts'

describe('values in words', () => {
  it('write minor units by the decimals of the currency', () => {
    expect(formatAmount(1990, 'USD', 2, 'en')).toBe('$19.90')
    expect(formatAmount(35_000, 'KRW', 0, 'ko')).toBe('₩35,000')
    expect(formatAmount(1_234_567, 'BHD', 3, 'en').replace(/\s/g, ' ')).toBe('BHD 1,234.567')
  })

  it('write durations in the two widest units', () => {
    expect(formatDuration(3_900_000, 'en')).toBe('1 hr 5 min')
    expect(formatDuration(2_400, 'en')).toBe('2.4 sec')
    expect(formatDuration(850, 'en')).toBe('850 ms')
    expect(formatDuration(86_400_000, 'ko')).toBe('1일')
  })

  it('write what is no moment as it stands', () => {
    expect(formatDate('soon', 'en')).toBe('soon')
    expect(formatDate('2026-03-01T12:00:00Z', 'en', 'day')).toBe('Mar 1, 2026')
  })
})
