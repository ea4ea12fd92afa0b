import type { CatalogueVocabulary } from '../vocabulary/catalogue-vocabulary.ts'
import { nameKey, queryTokens } from './query-token.ts'

export type SizeValue = Readonly<{
  attribute: string
  value: string
  count: number
  /** Understood without the word "size" beside it: XL, 140 x 200 cm. */
  standsAlone: boolean
}>

const SIZE_NAMES: ReadonlySet<string> = new Set('size sizes 사이즈 치수 호수 tamanho tamanhos numeracao'.split(' '))
const OF_WEAR: ReadonlySet<string> = new Set(
  'shoe shoes clothing clothes apparel dress shirt ring us eu uk 신발 의류 calcado roupa do da de product'.split(' '),
)

/** Sizes that people wear or choose by; a "screen size" is a measure. */
export function isSizeAttribute(name: string): boolean {
  const words = queryTokens(name).map(({ text }) => text)
  return words.some((word) => SIZE_NAMES.has(word)) && words.every((word) => SIZE_NAMES.has(word) || OF_WEAR.has(word))
}

const SYSTEM = /^(?:us|eu|uk|br|kr)|(?:us|eu|uk|br|kr|mm|cm)$/g
const LETTERS = /^(?:x{1,4}s|x{1,4}l|\d{1,2}xl|\d{1,2}xs)$/
const SIDES = /^\d+x\d+/

/** The catalogue's sizes by key, with and without the system or unit that is written beside the number. */
export function sizeValues(vocabulary: CatalogueVocabulary): ReadonlyMap<string, SizeValue> {
  const sizes = new Map<string, SizeValue>()
  for (const { name, values } of vocabulary.attributes) {
    if (!isSizeAttribute(name)) continue
    for (const { value, count } of values) {
      const whole = nameKey(value)
      for (const key of new Set([whole, whole.replace(SYSTEM, '')])) {
        if (key === '' || (sizes.get(key)?.count ?? 0) >= count) continue
        sizes.set(key, { attribute: name, value, count, standsAlone: LETTERS.test(key) || SIDES.test(key) })
      }
    }
  }
  return sizes
}
