import { describe, expect, it } from 'vitest'
import { overviewUnits } from './overview-units.ts'

describe('what the overview measures', () => {
  const { number, milliseconds, percent, clock } = overviewUnits('en')

  it('is written with as many digits as can be read at a glance', () =>
    expect([0.1234, 16.25, 433.7, 5_000].map(number)).toEqual(['0.12', '16.3', '434', '5,000']))

  it('has its unit', () => expect([milliseconds(7.5), percent(0.957)]).toEqual(['7.5 ms', '95.7%']))

  it('is told by the second while it is young, then by the minute', () => {
    const noon = new Date(2026, 0, 1, 12, 5, 9).getTime()
    expect([clock(60_000)(noon), clock(3_600_000)(noon)]).toEqual(['12:05:09', '12:05'])
    expect(overviewUnits('ko').clock(3_600_000)(noon)).toBe('12:05')
  })
})
