import { describe, expect, it } from 'vitest'
import { distanceBand, kilometres, type Place } from './distance.ts'

const saoPaulo = { latitude: -23.55, longitude: -46.63 }
const rio = { latitude: -22.91, longitude: -43.17 }
const manaus = { latitude: -3.12, longitude: -60.02 }
const places = new Map<string, Place>([
  ['SP', saoPaulo],
  ['RJ', rio],
  ['AM', manaus],
])

describe('distance', () => {
  it('is that of the great circle', () => {
    expect(kilometres(saoPaulo, rio)).toBeCloseTo(361, -1)
    expect(kilometres(saoPaulo, manaus)).toBeCloseTo(2_690, -2)
    expect(kilometres(rio, saoPaulo)).toBeCloseTo(kilometres(saoPaulo, rio), 9)
    expect(kilometres({ latitude: 0, longitude: 0 }, { latitude: 0, longitude: 180 })).toBeCloseTo(Math.PI * 6_371, 6)
  })

  it('is told in bands that double', () => {
    expect(distanceBand('SP', 'SP', places)).toBe('0-100 km')
    expect(distanceBand('SP', 'RJ', places)).toBe('200-400 km')
    expect(distanceBand('AM', 'SP', places)).toBe('1600-3200 km')
  })

  it('is not known where a place is not', () => {
    expect(distanceBand('SP', 'XX', places)).toBe(null)
    expect(distanceBand(null, 'SP', places)).toBe(null)
  })
})
