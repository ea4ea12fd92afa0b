import { type SearchInput, searchLimits, searchModes } from '@eip/contracts'
import { aProduct } from '@eip/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fakeEncoder } from './testing/fake-encoder.ts'
import { openShop, type Shop } from './testing/open-shop.ts'

const products = [
  aProduct({ id: 'en', title: 'Red tweed jacket', language: 'en', brand: 'Acme' }),
  aProduct({ id: 'ko', title: '방수 등산 자켓 남성용', language: 'ko' }),
  aProduct({ id: 'pt', title: 'Jaqueta de algodão vermelha', language: 'pt' }),
]

const oddQueries: readonly (readonly [string, string])[] = [
  ['one letter', 'r'],
  ['one ideograph', '자'],
  ['a stop word', 'the'],
  ['punctuation', '???!! --- ...'],
  ['emoji', '😀👩‍👩‍👧'],
  ['no language', 'xq zzv 77-q9 wrtpl'],
  ['four hundred words', Array.from({ length: 400 }, (_, i) => `w${i}`).join(' ')],
  ['four hundred words that are there', 'red jacket '.repeat(200)],
  ['emoji among words', 'red 😀 jacket 👩‍👩‍👧'],
  ['a lone surrogate', 'red \ud800 jacket'],
  ['control characters among words', 'red\u0000jacket\u0007\u009f'],
  ['10 kB of one word', 'x'.repeat(10_240)],
  ['10 kB of words', 'jacket red tweed '.repeat(600)],
  ['10 kB of Korean', '방수자켓 '.repeat(2_000)],
  ['Arabic', 'سترة حمراء'],
  ['Hebrew with marks', 'מְעִיל אָדֹם'],
  ['Hindi', 'लाल जैकेट'],
  ['Thai', 'แจ็คเก็ตสีแดง'],
  ['Chinese', '红色外套'],
  ['Japanese', '赤いジャケット'],
  ['Russian', 'красная куртка'],
  ['Greek', 'κόκκινο σακάκι'],
  ['Georgian', 'წითელი ქურთუკი'],
  ['combining marks without end', `a${'\u0301'.repeat(5_000)}`],
  ['right-to-left marks', '\u202ered\u202c jacket'],
  ['HTML', '<script>alert(1)</script>'],
  ['a query language', '"red jacket" AND -blue title:* ~2 ^3 (('],
  ['a regular expression', '(a+)+$'],
  ['percent escapes', '%00%ff%zz'],
  ['names of prototypes', '__proto__ constructor toString'],
]

// None of these tests changes anything: two shops serve them all.
let plain: Shop
let meaning: Shop
beforeAll(async () => {
  plain = await openShop(products)
  meaning = await openShop(products, { encoder: fakeEncoder() })
  for (const shop of [plain, meaning]) await shop.learn()
})
afterAll(async () => {
  for (const shop of [plain, meaning]) await shop[Symbol.asyncDispose]()
})

const shops = [
  ['by words alone', () => plain],
  ['by words and meaning', () => meaning],
] as const

describe.each(shops)('odd queries %s', (_, shopOf) => {
  const ask = (input: SearchInput) => shopOf().client.search(input)

  it.each(oddQueries)('of %s are answered', async (_, query) => {
    const answer = await ask({ query, explain: true })
    expect(answer.total).toBe(answer.hits.length)
    expect(answer.query.text.isWellFormed()).toBe(true)
    expect(answer.query.text.length).toBeLessThanOrEqual(1_000)
    expect(answer.query.isTruncated).toBe(query.length > 1_000)
    if (answer.total === 0) expect(answer).toMatchObject({ facets: [], relaxed: [] })
  })

  it.each(['', '   ', '\u0000\u0001\n'])('without a word list everything: %j', async (query) => {
    const answer = await ask({ query })
    expect(answer).toMatchObject({ total: 3, relaxed: [], query: { text: '', languages: [], terms: [] } })
  })

  it('find words in the language of the product', async () => {
    const first = async (query: string, language?: string) => {
      const answer = await ask(language === undefined ? { query } : { query, language })
      return answer.hits[0]?.id
    }
    expect(await first('jackets')).toBe('en')
    expect(await first('등산 자켓')).toBe('ko')
    expect(await first('jaquetas vermelhas')).toBe('pt')
    expect(await first('jackets', 'pt')).toBe('en')
    expect(await first('jackets', 'xx')).toBe('en')
  })

  it.each(searchModes)('with a filter that admits nothing give the filter up, or find nothing: %s', async (mode) => {
    const none = { filters: ['brand:Nobody', 'price:..0'], mode }
    const given = await ask({ ...none, query: 'red jacket' })
    expect(given.relaxed).toContain('filters')
    expect(given.total).toBeGreaterThan(0)
    for (const query of ['', '😀'])
      expect(await ask({ ...none, query })).toMatchObject({ total: 0, hits: [], facets: [], relaxed: [], degraded: [] })
  })

  it.each(searchModes)('for more than there is are answered by what there is: %s', async (mode) => {
    const answer = await ask({ query: 'red jacket', size: 100, mode })
    expect(answer.hits.length).toBe(answer.total)
    expect(new Set(answer.hits.map(({ id }) => id)).size).toBe(answer.total)
    expect((await ask({ query: 'red jacket', size: 100, mode, page: 10 })).hits).toEqual([])
  })
})

describe('bad requests', () => {
  it.each([
    ['page 0', { page: 0 }, 'rpc.bad-input', 'page'],
    ['a negative page', { page: -1 }, 'rpc.bad-input', 'page'],
    ['size 0', { size: 0 }, 'rpc.bad-input', 'size'],
    ['a negative size', { size: -20 }, 'rpc.bad-input', 'size'],
    ['a size above 100', { size: 101 }, 'rpc.bad-input', 'size'],
    ['half a hit', { size: 2.5 }, 'rpc.bad-input', 'size'],
    ['no number', { size: Number.NaN }, 'rpc.bad-input', 'size'],
    ['a language by its name', { language: 'English' }, 'rpc.bad-input', 'language'],
    ['a query above 20,000 characters', { query: 'x'.repeat(20_001) }, 'rpc.bad-input', 'query'],
    ['too many filters', { filters: Array(searchLimits.filters + 1).fill('brand:x') }, 'rpc.bad-input', 'filters'],
    ['an unknown filter', { filters: ['colour:red'] }, 'search.bad-filter', '"colour"'],
    ['a range of words', { filters: ['price:cheap'] }, 'search.bad-filter', 'price:cheap'],
    ['a range that begins above its end', { filters: ['rating:5..1'] }, 'search.bad-filter', 'rating:5..1'],
    ['an unknown facet', { facets: ['colour'] }, 'search.bad-facet', '"colour"'],
    ['an unknown sort order', { sort: 'charm' }, 'search.bad-sort', '"charm"'],
    ['a page that is too deep', { page: 1_000, size: 2 }, 'search.page-too-deep', 'page 1000'],
  ])('for %s are refused with the name of what is wrong', async (_, input, code, named) => {
    const refused = plain.client.search(input)
    await expect(refused).rejects.toMatchObject({ code, kind: 'invalid', message: expect.stringContaining(named) })
  })

  it('list what would have been right', async () => {
    const detailsOf = (input: SearchInput) =>
      plain.client.search(input).then(
        () => null,
        (failure) => failure.details.valid,
      )
    expect(await detailsOf({ filters: ['colour:red'] })).toEqual(expect.arrayContaining(['brand', 'attributes.NAME']))
    expect(await detailsOf({ facets: ['colour'] })).toEqual(expect.arrayContaining(['category', 'attributes']))
    expect(await detailsOf({ sort: 'charm' })).toEqual(expect.arrayContaining(['relevance', '-price']))
  })
})
