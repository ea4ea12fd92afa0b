import { beforeAll, describe, expect, it } from 'vitest'
import type { IntentLexicon } from './intent-lexicon.ts'
import { lexiconOf, marketLexicon, product } from './intents.fixture.ts'
import { readIntents } from './read-intents.ts'

const every = ['en', 'ko', 'pt']

/** Slots as "kind value", ranges as people read them, in order. */
const read = (query: string, lexicon: IntentLexicon, languages = every): string[] =>
  readIntents(query, lexicon, { languages }).map(({ kind, value }) => `${kind} ${value}`)

describe('prices', () => {
  let dollars: IntentLexicon
  let won: IntentLexicon
  beforeAll(() => {
    dollars = lexiconOf([product('Anything')])
    won = lexiconOf([product('아무거나', { currency: 'KRW' })])
  })

  it.each([
    ['headphones $20-$30', '20 to 30 USD'],
    ['between 20 and 30 dollars', '20 to 30 USD'],
    ['between 30 and 20', '20 to 30 USD'],
    ['20-30 dollars', '20 to 30 USD'],
    ['shoes under 50', 'up to 50 USD'],
    ['over 100', 'from 100 USD'],
    ['less than $19.99', 'up to 19.99 USD'],
    ['<= 20 usd', 'up to 20 USD'],
    ['$1,500 or less', 'up to 1500 USD'],
    ['around $50', '40 to 60 USD'],
    ['até 100 reais', 'up to 100 BRL'],
    ['menos de R$ 50', 'up to 50 BRL'],
    ['a partir de US$ 1.200', 'from 1200 USD'],
    ['entre 20 e 30 dólares', '20 to 30 USD'],
  ])('“%s” is %s', (query, value) => {
    expect(read(query, dollars)).toEqual([`price ${value}`])
  })

  it.each([
    ['3만원 이하', 'up to 30000 KRW'],
    ['3만원이하', 'up to 30000 KRW'],
    ['5만원대', '50000 to 59999 KRW'],
    ['10만원 미만', 'up to 100000 KRW'],
    ['2~3만원', '20000 to 30000 KRW'],
    ['2만원에서 3만원 사이', '20000 to 30000 KRW'],
    ['1만5천원 이상', 'from 15000 KRW'],
    ['만원 이하', 'up to 10000 KRW'],
    ['이만오천원 이하', 'up to 25000 KRW'],
    ['50,000원 이하', 'up to 50000 KRW'],
    ['50.000원 이하', 'up to 50000 KRW'],
    ['5만원 정도', '40000 to 60000 KRW'],
  ])('“%s” is %s', (query, value) => {
    expect(read(query, won)).toEqual([`price ${value}`])
  })

  it.each([
    'cheap',
    '50',
    'air max 90',
    'under armour',
    'under 100 pieces',
    'under 30% off',
    'iphone 12 - 13',
    '5 and 6',
    '300 이하',
    'over the ear',
    '2 in 1',
    '1.2.3.4',
  ])('“%s” is no price', (query) => {
    expect(read(query, dollars)).toEqual([])
  })

  it('filters only by what was said of a currency that the catalogue has', () => {
    const effects = (query: string) => readIntents(query, dollars, { languages: every }).map(({ effect }) => effect)
    expect([effects('under $50'), effects('under 50'), effects('$50'), effects('under €50')]).toEqual([
      ['filter'],
      ['filter'],
      ['wish'],
      ['wish'],
    ])
    expect(readIntents('under €50', dollars, { languages: every })[0]?.reason).toBe(
      'the catalogue has no prices in EUR',
    )
  })

  it('takes "$" for the dollars that the catalogue has, and leaves a bare number open between two currencies', () => {
    const canada = lexiconOf([product('Anything', { currency: 'CAD' })])
    expect(read('under $50', canada)).toEqual(['price up to 50 CAD'])
    const [slot] = readIntents('shoes under 50', marketLexicon(), { languages: every }).slice(-1)
    expect([slot?.range?.unit, slot?.effect]).toEqual([null, 'wish'])
  })
})

describe('measures', () => {
  const lexicon = lexiconOf([
    product('A', { attributes: { 'Total capacity': '300 L', width: '60 cm', memory: '16 GB', storage: '16 GB' } }),
    product('B', { attributes: { 'Total capacity': '1,500 ml', width: '80 cm', storage: '512 GB SSD' } }),
    product('C', { attributes: { storage: '16 GB', 'Weight (kg)': '2' } }),
  ])
  const readings = (query: string) =>
    readIntents(query, lexicon, { languages: every }).map(({ attribute, value, range }) => [
      attribute,
      value,
      range?.unit,
    ])

  it('are of the catalogue’s attribute that has the dimension, in its own writing where it has the value', () => {
    expect(readings('300리터짜리')).toEqual([['Total capacity', '300 L', 'L']])
    expect(readings('1.5 litros')).toEqual([['Total capacity', '1,500 ml', 'L']])
    expect(readings('over 400 l')).toEqual([['Total capacity', 'from 400 L', 'L']])
    expect(readings('2kg')).toEqual([['Weight (kg)', '2', 'kg']])
    expect(readings('512gb ssd')).toEqual([['storage', '512 GB SSD', 'GB']])
  })

  it('are of the attribute that the words beside them name', () => {
    expect(readings('16gb')).toEqual([['storage', '16 GB', 'GB']])
    expect(readings('16gb ram')).toEqual([['memory', '16 GB', 'GB']])
  })

  it('have no attribute where none has the dimension', () => {
    expect(readings('5000mAh')).toEqual([[undefined, '5000 mAh', 'mAh']])
  })

  it.each([
    ['55 inch tv', '55 inch'],
    ['55인치', '55 inch'],
    ['55" tv', '55 inch'],
    ['55-inch', '55 inch'],
    ['1-1/2 in. pipe', '1.5 inch'],
    ['under 50 inch', 'up to 50 inch'],
    ['55-65 inch', '55 to 65 inch'],
    ['20리터 이상 50리터 이하', '20 to 50 L'],
    ['-5 °C', '-5 °C'],
    ['4인용', '4 persons'],
    ['1.9 cu. ft.', '1.9 ft³'],
  ])('“%s” is %s', (query, value) => {
    expect(read(query, lexiconOf([]))).toEqual([`attribute ${value}`])
  })

  it.each(['5g phone', 'shoes 42 in black', 'iphone 15 pro max', 'dv7-1211ea'])('“%s” has none', (query) => {
    expect(read(query, lexiconOf([]))).toEqual([])
  })
})

describe('brands', () => {
  it('that are ordinary words are read where the catalogue’s titles speak for them', () => {
    const market = marketLexicon()
    expect(read('apple juice', market)).toEqual(['category Groceries > Juices'])
    expect(read('apple watch', market)).toEqual(['brand Apple'])
    expect(read('coach whistle', market)).toEqual([])
    expect(read('coach bag', market)).toEqual(['brand Coach', 'category Fashion > Bags'])
    expect(read('plus size hoodie', market)).toEqual(['category Fashion > Hoodies'])
    expect(read('dell', market)).toEqual(['brand Dell'])
  })

  it('behind "for" are of what the thing goes with', () => {
    const market = marketLexicon()
    expect(read('charger for samsung', market)).toEqual(['category Electronics > Chargers'])
    expect(read('삼성전자용 충전기', market)).toEqual(['category 디지털 > 충전기'])
  })

  it('are found without legal form, in words for "&", and in the other script where the catalogue shows both', () => {
    const lexicon = lexiconOf([
      product('Drill', { brand: 'Black & Decker Inc.' }),
      product('냉장고', { brand: '삼성전자' }),
      ...Array.from({ length: 4 }, (_, i) => product(`나이키(NIKE) 운동화 ${i}`, { brand: '나이키(NIKE)' })),
      product('Something', { brand: 'Unbranded' }),
    ])
    expect(read('black and decker drill', lexicon)).toEqual(['brand Black & Decker Inc.'])
    expect(read('삼성 냉장고', lexicon)).toEqual(['brand 삼성전자'])
    expect([read('nike', lexicon), read('나이키', lexicon)]).toEqual([['brand 나이키(NIKE)'], ['brand 나이키(NIKE)']])
    expect(read('unbranded', lexicon)).toEqual([])
  })
})

describe('categories', () => {
  const lexicon = lexiconOf(
    [
      'Bags',
      'Laptops',
      'Coffee',
      'Running Shoes',
      'Phones & Tablets',
      'Fitness',
      '가방',
      '노트북',
      'Bolsas',
      'Celulares',
    ].map((leaf) => product(leaf, { category: ['All', leaf] })),
  )

  it.each([
    ['laptop', 'Laptops'],
    ['laptop bag', 'Bags'],
    ['bag for laptop', 'Bags'],
    ['running shoe', 'Running Shoes'],
    ['running shoes cheap', 'Running Shoes'],
    ['tablets', 'Phones & Tablets'],
    ['노트북 가방', '가방'],
    ['노트북용 가방', '가방'],
    ['노트북가방', '가방'],
    ['서류가방', '가방'],
    ['bolsa para celular', 'Bolsas'],
    ['celulares até 900 reais', 'Celulares'],
  ])('“%s” asks for %s', (query, leaf) => {
    expect(read(query, lexicon)[0]).toBe(`category All > ${leaf}`)
  })

  it.each(['coffee table', 'laptop stand', '노트북 거치대', 'capa para celular', 'wide fit', 'table for laptops'])(
    '“%s” asks for none of them',
    (query) => {
      expect(read(query, lexicon)).toEqual([])
    },
  )

  it('of one name in several branches are told apart by the branch, or left alone', () => {
    const branches = lexiconOf(
      ['Women', 'Men', 'Kids'].map((branch) => product('x', { category: [branch, 'Jackets'] })),
    )
    expect(read('men jackets', branches)).toEqual(['category Men > Jackets'])
    expect(read('jackets', branches)).toEqual([])
  })
})

describe('colours', () => {
  const lexicon = lexiconOf(
    ['Gray', 'Red', 'Navy', 'Orange', 'Sage Green', 'Black', 'Green']
      .flatMap((colour) =>
        ['Dress', 'Chair', 'Lamp', 'Tent'].flatMap((thing) =>
          Array.from({ length: 3 }, (_, i) => product(`${colour} ${thing} ${i}`, { attributes: { Colour: colour } })),
        ),
      )
      .concat(
        Array.from({ length: 20 }, (_, i) => product(`Orange Juice ${i}`)),
        Array.from({ length: 20 }, (_, i) => product(`Green Tea ${i}`)),
      ),
  )

  it('are the catalogue’s own values, whatever word of three languages is used', () => {
    for (const word of ['gray', 'grey', '회색', '그레이', 'cinza'])
      expect(read(`${word} dress`, lexicon), word).toEqual(['colour Gray'])
    expect(read('vestido azul-marinho', lexicon)).toEqual(['colour Navy'])
    expect(read('sage green lamp', lexicon)).toEqual(['colour Sage Green'])
    expect(read('purple lamp', lexicon)).toEqual([])
  })

  it('that belong to one thing only are part of its name', () => {
    expect(read('orange juice', lexicon)).toEqual([])
    expect(read('green tea', lexicon)).toEqual([])
    expect(read('black friday', lexicon)).toEqual([])
    expect(read('orange tent', lexicon)).toEqual(['colour Orange'])
    expect(read('green dress', lexicon)).toEqual(['colour Green'])
  })
})

describe('sizes', () => {
  const lexicon = lexiconOf([
    product('Shoe', { attributes: { Size: ['9', '10', '42'] } }),
    product('운동화', { attributes: { 사이즈: ['265', '270mm'] } }),
    product('Shirt', { attributes: { size: ['M', 'XL'] } }),
    product('Cover', { attributes: { size: '140 x 200 cm' } }),
    product('TV', { attributes: { 'screen size': '55 inch' } }),
  ])

  it.each([
    ['size 10 running', '10'],
    ['tamanho 42', '42'],
    ['tam. m', 'M'],
    ['eu 42', '42'],
    ['9 us', '9'],
    ['XL', 'XL'],
    ['사이즈 270', '270mm'],
    ['270 사이즈', '270mm'],
    ['270mm 신발', '270mm'],
    ['신발 265', '265'],
    ['140x200', '140 x 200 cm'],
  ])('“%s” is %s', (query, value) => {
    expect(read(query, lexicon)).toEqual([`size ${value}`])
  })

  it.each(['m', '10 bags', 'size 55', 'air max 265'])('“%s” is none', (query) => {
    expect(read(query, lexicon)).toEqual([])
  })
})

describe('readings of one text', () => {
  it('stand if they are the longest, then the most certain', () => {
    const lexicon = lexiconOf([
      ...Array.from({ length: 5 }, (_, i) => product(`Shirt ${i}`, { attributes: { feature: 'Organic Cotton' } })),
      ...Array.from({ length: 5 }, (_, i) => product(`Blouse ${i}`, { attributes: { material: 'Cotton' } })),
    ])
    expect(read('organic cotton', lexicon)).toEqual(['attribute Organic Cotton'])
    expect(read('cotton', lexicon)).toEqual(['attribute Cotton'])
  })

  it('say what they are of, and why', () => {
    const [colour, brand, category, price] = readIntents('red Nike shoes under $50', marketLexicon(), {
      languages: every,
    })
    expect(colour).toMatchObject({ kind: 'colour', value: 'Red', attribute: 'Color', surface: 'red', start: 0, end: 3 })
    expect(brand).toMatchObject({ kind: 'brand', value: 'Nike', surface: 'Nike', reason: 'brand of 15 products' })
    expect(category).toMatchObject({ kind: 'category', value: 'Fashion > Shoes' })
    expect(price).toMatchObject({ kind: 'price', effect: 'filter', reason: 'price phrase “under $50”' })
  })
})
