import type { Slot } from '@eip/engine-query-understanding'
import { mostWishes } from '@eip/product-index'
import { describe, expect, it } from 'vitest'
import { slotEffects } from './slot-effect.ts'

const slot = (kind: Slot['kind'], value: string, fields: Partial<Slot> = {}): Slot => ({
  ...{ kind, value, surface: value, start: 0, end: value.length, confidence: 0.9, effect: 'wish', reason: 'said' },
  ...fields,
})
const price = (minimum: number | null, maximum: number | null, unit: string | null, effect: Slot['effect']): Slot =>
  slot('price', 'a price', { range: { minimum, maximum, unit }, effect })
const range = (minimum: number | null, maximum: number | null) =>
  ({ kind: 'range', column: 'price', minimum, maximum }) as const

const litres = {
  name: 'Capacity',
  words: new Set(['capacity']),
  count: 3,
  values: new Map([[300, { value: '300 L', count: 3 }]]),
}
const dollars = { currencies: ['USD'], measures: new Map([['volume' as const, [litres]]]) }
const several = { ...dollars, currencies: ['USD', 'KRW'] }

const effectsOf = (
  slots: readonly Slot[],
  ...given: [chosen?: Parameters<typeof slotEffects>[1], askable?: typeof dollars]
) => slotEffects(slots, given[0] ?? [], given[1] ?? dollars)
const shown = (...given: Parameters<typeof effectsOf>) => effectsOf(...given).slots.map(({ effect }) => effect)

describe('what a query says', () => {
  it('is a wish by its confidence, in the words of the index', () => {
    const slots = [
      slot('brand', 'Acme'),
      slot('category', 'Tools > Saws'),
      slot('colour', 'Red', { attribute: 'Colour' }),
    ]
    expect(effectsOf(slots).wishes).toEqual([
      { filter: { kind: 'keyword', column: 'brand', anyOf: ['Acme'] }, confidence: 0.9, slot: 0 },
      { filter: { kind: 'category', anyOf: [['Tools', 'Saws']] }, confidence: 0.9, slot: 1 },
      { filter: { kind: 'attribute', name: 'Colour', anyOf: ['Red'] }, confidence: 0.9, slot: 2 },
    ])
    expect(effectsOf(slots)).toMatchObject({ filters: [], consumed: [] })
  })

  it('of a price for certain is a filter, and no words; in a catalogue of several currencies, of the one that was said', () => {
    const said = price(null, 50, 'USD', 'filter')
    expect(effectsOf([said])).toMatchObject({ filters: [range(null, 50)], wishes: [], consumed: [said] })
    const currency = { kind: 'keyword', column: 'currency', anyOf: ['USD'] }
    expect(effectsOf([said], [], several).filters).toEqual([range(null, 50), currency])
    expect(effectsOf([price(null, 50, null, 'wish')], [], several).wishes).toMatchObject([{ filter: range(null, 50) }])
  })

  it('of a price in a currency that the catalogue does not have is of no effect, and no words', () => {
    const said = price(40, 60, 'EUR', 'wish')
    expect(effectsOf([said])).toMatchObject({ filters: [], wishes: [], consumed: [said], slots: [{ effect: 'none' }] })
  })

  it('of a measure is a wish where the catalogue has the value, and of no effect where it has not', () => {
    const measured = (value: string, minimum: number, maximum: number | null) =>
      slot('attribute', value, { attribute: 'Capacity', range: { minimum, maximum, unit: 'L' } })
    expect(shown([measured('300 L', 300, 300), measured('from 400 L', 400, null)])).toEqual(['wish', 'none'])
    expect(shown([slot('attribute', '5000 mAh')])).toEqual(['none'])
  })

  it('is of no effect beside what was chosen of the same kind', () => {
    const brand = { kind: 'keyword', column: 'brand', anyOf: ['Bolt'] } as const
    const size = { kind: 'attribute', name: 'Size', anyOf: ['XL'] } as const
    const slots = [
      slot('brand', 'Acme'),
      slot('colour', 'Red', { attribute: 'Colour' }),
      price(null, 50, 'USD', 'filter'),
    ]
    expect(shown(slots, [brand])).toEqual(['none', 'wish', 'filter'])
    expect(shown(slots, [size])).toEqual(['wish', 'wish', 'filter'])
    expect(shown(slots, [range(10, null)])).toEqual(['wish', 'wish', 'none'])
  })

  it('beyond as many wishes as the index takes is of no effect', () => {
    const slots = Array.from({ length: mostWishes + 2 }, (_, i) => slot('colour', `c${i}`, { attribute: `a${i}` }))
    expect(effectsOf(slots).wishes).toHaveLength(mostWishes)
    expect(shown(slots).filter((effect) => effect === 'none')).toHaveLength(2)
  })
})
