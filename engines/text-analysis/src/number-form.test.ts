import { describe, expect, it } from 'vitest'
import { numberForm } from './number-form.ts'

describe('form of a number', () => {
  it.each([
    ['250', '250'],
    ['007', '007'],
    ['43.2', '43.2'],
    ['43,2', '43.2'],
    ['43.20', '43.2'],
    ['2.0', '2'],
    ['1,000', '1000'],
    ['1.500', '1.5'],
    ['1,234,567', '1234567'],
    ['1.234.567', '1234567'],
    ['1,234.50', '1234.5'],
    ['1.234,50', '1234.5'],
    ['0,500', '0.5'],
  ])('%s is %s where the point parts decimals', (raw, form) => {
    expect(numberForm(raw, false)).toBe(form)
  })

  it.each([
    ['1.500', '1500'],
    ['1,500', '1.5'],
    ['43,2', '43.2'],
    ['1,234,567', '1234567'],
    ['1.234,50', '1234.5'],
  ])('%s is %s where the comma parts decimals', (raw, form) => {
    expect(numberForm(raw, true)).toBe(form)
  })

  it.each(['9.2.1', '1,2,3', '192.168.0.1'])('%s has none', (raw) => {
    expect(numberForm(raw, false)).toBeUndefined()
  })
})
