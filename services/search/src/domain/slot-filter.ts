import { categoryPathSeparator } from '@eip/contracts'
import type { IntentLexicon, Slot } from '@eip/engine-query-understanding'
import type { Filter } from '@eip/product-index'

/** What the catalogue can be asked by: the currencies of its prices, and the values that its measured attributes have. */
export type Askable = Pick<IntentLexicon, 'currencies' | 'measures'>

/** Of "over 400 litres" the catalogue has no value to ask for, only of "300 litres". */
const isValue = ({ attribute, value, range }: Slot, { measures }: Askable): boolean =>
  range === undefined ||
  [...measures.values()]
    .flat()
    .some(({ name, values }) => name === attribute && [...values.values()].some((held) => held.value === value))

/** What the index is asked for a slot; null where the catalogue has nothing to ask it of. */
export function slotFilter(slot: Slot, askable: Askable): Filter | null {
  const { kind, value, attribute, range } = slot
  switch (kind) {
    case 'brand':
      return { kind: 'keyword', column: 'brand', anyOf: [value] }
    case 'category':
      return { kind: 'category', anyOf: [value.split(categoryPathSeparator)] }
    case 'price':
      if (range === undefined || (range.unit !== null && !askable.currencies.includes(range.unit))) return null
      return { kind: 'range', column: 'price', minimum: range.minimum, maximum: range.maximum }
    default:
      if (attribute === undefined || value === '' || !isValue(slot, askable)) return null
      return { kind: 'attribute', name: attribute, anyOf: [value] }
  }
}
