import type { CatalogueVocabulary } from './catalogue-vocabulary.ts'
import { countTitleWords } from './title-words.ts'

/** Runs a building to its end. */
export function built<Result>(steps: Generator<void, Result>): Result {
  let step = steps.next()
  while (step.done !== true) step = steps.next()
  return step.value
}

/** The vocabulary of a few products, each said so many times: "12 × title | brand". */
export function vocabularyOf(lines: readonly string[], more: Partial<CatalogueVocabulary> = {}): CatalogueVocabulary {
  const counter = countTitleWords()
  const brands = new Map<string, number>()
  let products = 0
  for (const line of lines) {
    const [, times = '1', title = '', brand] = /^(?:(\d+) × )?([^|]*?)(?: \| (.*))?$/.exec(line) ?? []
    for (let i = 0; i < Number(times); i++) counter.add(title, brand ?? null)
    if (brand !== undefined) brands.set(brand, (brands.get(brand) ?? 0) + Number(times))
    products += Number(times)
  }
  const ofBrands = Array.from(brands, ([value, count]) => ({ value, count }))
  return { products, brands: ofBrands, categories: [], attributes: [], currencies: [], ...counter.result(), ...more }
}

/** A shop of both scripts: enough to spell by. */
export const shopVocabulary = vocabularyOf([
  '40 × smartphone case black',
  '25 × wireless headphones | Sony',
  '30 × notebook 15 inch | Samsung',
  '12 × running shoes red | New Balance',
  '20 × table lamp',
  '15 × book stand',
  '9 × paper note pad',
  '20 × 무선 이어폰 | 삼성',
  '15 × 블루투스 스피커 | 소니',
  '30 × 에어 운동화 | 나이키',
  '20 × 후드 패딩 | 커버낫',
  '25 × 눕시 자켓 | 노스페이스',
  '30 × 와이드 슬랙스 | 무신사 스탠다드',
  '12 × 청바지 501 | 리바이스',
  '20 × 아이폰 케이스',
  '8 × nike air force',
])
