import { seededRandom } from '@eip/kernel'
import type { EncoderText } from '../text-encoder.ts'

export const productOf = (title: string, more: Partial<EncoderText> = {}): EncoderText => ({
  title,
  brand: null,
  categoryPath: [],
  attributes: {},
  description: '',
  reviews: [],
  language: 'en',
  ...more,
})

const kinds = [
  { name: 'running shoes', words: ['sneaker', 'mesh', 'sole', 'laces', 'jogging'], place: 'Footwear' },
  { name: 'laptop computer', words: ['notebook', 'keyboard', 'processor', 'screen', 'ssd'], place: 'Computers' },
  { name: 'kitchen faucet', words: ['tap', 'chrome', 'handle', 'sprayer', 'sink'], place: 'Plumbing' },
  { name: 'garden hose', words: ['watering', 'nozzle', 'sprinkler', 'reel', 'lawn'], place: 'Garden' },
]
const brands = ['Acme', 'Borealis', 'Cordoba', 'Delphi', 'Estrela']

/** Products of four kinds, each with words of its own, some of them in the description only. */
export function syntheticCatalogue(count: number): EncoderText[] {
  const random = seededRandom(7)
  return Array.from({ length: count }, (_, at) => {
    const kind = kinds[at % kinds.length]!
    const brand = random.pick(brands)
    const title = `${brand} ${kind.name} ${random.pick(kind.words)} model ${100 + at}`
    const description = Array.from({ length: 6 }, () => random.pick(kind.words)).join(' ')
    return productOf(title, { brand, categoryPath: [kind.place], description })
  })
}

const things = ['롱 코트', '숏 패딩', '러닝 운동화', '기능성 양말', '가죽 지갑', '니트 원피스']
const adjectives = ['베이직', '클래식', '오버핏', '캐주얼', '프리미엄']
export const koreanCatalogue = (): EncoderText[] =>
  things.flatMap((thing) =>
    adjectives.flatMap((adjective) =>
      ['블랙', '네이비'].map((colour) => productOf(`${adjective} ${thing} ${colour}`, { language: 'ko' })),
    ),
  )

export const cosine = (vectors: Float32Array, a: number, b: number, dimensions: number): number => {
  let sum = 0
  for (let c = 0; c < dimensions; c++) sum += vectors[a * dimensions + c]! * vectors[b * dimensions + c]!
  return sum
}
