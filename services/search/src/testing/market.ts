import type { Product } from '@eip/contracts'
import { aProduct } from '@eip/testkit'

const colours = ['Red', 'Black', 'Blue', 'White'] as const

/** One line of goods in four colours; each dearer than the one before. */
const line = (key: string, title: string, cents: number, fields: Partial<Product>): Product[] =>
  colours.map((colour, i) =>
    aProduct({
      id: `${key}-${colour.toLowerCase()}`,
      title: `${title} ${colour}`,
      language: 'en',
      attributes: { Colour: [colour] },
      price: { amount: cents * (i + 1), currency: 'USD' },
      ...fields,
    }),
  )

const korean = (key: string, titles: readonly string[], won: number, fields: Partial<Product> = {}): Product[] =>
  titles.map((title, i) =>
    aProduct({
      id: `${key}-${i}`,
      title,
      language: 'ko',
      price: { amount: won * (i + 1), currency: 'KRW' },
      ...fields,
    }),
  )

const [shoes, audio] = [
  ['Fashion', 'Shoes'],
  ['Electronics', 'Headphones'],
]

/** A small shop in two languages and two currencies, with a brand that is written in both scripts. */
export const market: readonly Product[] = Object.freeze([
  ...line('runner', 'Nordwind Stride running shoes', 3_000, { brand: 'Nordwind', categoryPath: shoes }),
  ...line('boot', 'Nordwind Alpine winter boots', 4_000, { brand: 'Nordwind', categoryPath: shoes }),
  ...line('trainer', 'Kestrel Sprint running shoes', 2_000, { brand: 'Kestrel', categoryPath: shoes }),
  ...line('headset', 'Kestrel Wireless headphones', 2_500, { brand: 'Kestrel', categoryPath: audio }),
  ...line('earbud', 'Sonora wireless earbuds', 1_500, { brand: 'Sonora', categoryPath: audio }),
  ...korean('earphone', ['블루투스 무선 이어폰', '무선 이어폰 화이트', '무선 이어폰 충전 케이스'], 20_000, {
    brand: 'Sonora',
    categoryPath: audio,
  }),
  ...korean('sneaker', ['아디다스(ADIDAS) 운동화', '아디다스(ADIDAS) 슬리퍼'], 30_000, { brand: '아디다스(ADIDAS)' }),
  ...korean(
    'sporty',
    ['런닝화', '트레이닝복', '모자', '양말', '백팩', '레깅스'].map((kind) => `아디다스 ${kind}`),
    20_000,
    {
      brand: '아디다스',
      categoryPath: ['패션', '스포츠'],
    },
  ),
  ...korean('jacket', ['아디다스 방수 자켓', '방수 등산 자켓', '패딩 자켓'], 50_000, {
    categoryPath: ['패션', '자켓'],
  }),
])
