import { describe, expect, it } from 'vitest'
import { createAnalyzer } from './analyzer.ts'
import { MAX_QUERY_CHARACTERS, MAX_QUERY_CLAUSES } from './query-analysis.ts'

const analyzer = createAnalyzer()

/** Stems that read like the word before them are not written out here: of "glass", glass and glass~en. */
const written = (terms: readonly string[]): string[] =>
  terms.filter((term) => !terms.some((word) => /^(.+)~[a-z]+(?:\^[\d.]+)?$/.exec(term)?.[1] === word.split('^')[0]))
const index = (text: string, language = 'en'): string => written(analyzer.analyzeText(text, language)).join(' ')

/** A query written as it is read: surface{term term^boost …}, stop words with "!". */
function query(text: string, languages: readonly string[] = ['en']): string {
  return analyzer
    .analyzeQuery(text, { languages })
    .clauses.map(({ surface, isStopWord, terms }) => {
      const list = terms.map(({ term, boost }) => (boost === 1 ? term : `${term}^${boost}`))
      return `${surface}${isStopWord ? '!' : ''}{${written(list).join(' ')}}`
    })
    .join(' ')
}

/** Whether each clause of the query is matched by the product's text. */
function finds(text: string, product: string, languages = ['en'], language = 'en'): boolean {
  const terms = new Set(analyzer.analyzeText(product, language))
  const { clauses } = analyzer.analyzeQuery(text, { languages })
  return clauses.length > 0 && clauses.every((clause) => clause.terms.some(({ term }) => terms.has(term)))
}

describe('index terms', () => {
  it.each([
    ['Glasses', 'glasses glass~en'],
    ["Men's", 'men'],
    ['Wi-Fi', 'wi fi wifi'],
    ['black & decker', 'black decker'],
    ['h&m', 'h m hm'],
    ['C++ C# .NET', 'c++ c# net'],
    ['U.S.A.', 'usa'],
    ["L'Oréal", 'oreal loreal'],
    ['black/white a/c b/g/n', 'black white a c ac b g n'],
    ['dv7-1211ea', 'dv7 1211ea dv71211ea'],
    ['802.11b', '802.11b'],
    ['555-1234 978-3-16-148410-0', '555 1234 5551234 978 3 16 148410 0 9783161484100'],
    ['4k 1080p', '4k 1080p'],
    ['1440 x 900', '1440 x 900'],
    ['4x8', '4 8'],
    ['250GB', '250gb 250'],
    ['250 GB', '250 250gb'],
    ['(17")', '17inch 17'],
    ["6' 5''", '6ft 6 5inch 5'],
    ['1-1/2 in. pipe', '1 1/2 1/2inch pipe'],
    ['1.9 cu. ft.', '1.9 cu 1.9cuft'],
    ['"17"', '17'],
    ['300리터', '300l 300'],
    ['롱 코트', '롱 롱코 코트'],
    ['노트북', '노트 트북'],
    ['스파오_BLACK', '스파 파오 black'],
    ['日本語', '日本 本語'],
    ['𠮷野家', '𠮷野 野家'],
    ['🙂 ™ — !', ''],
    ['\u0000\u0007\ud800', ''],
    ['שלום עולם', 'שלום עולם'],
  ])('of %s are %s', (text, terms) => {
    expect(index(text)).toBe(terms)
  })

  it('are stemmed by the language given, and not at all for one without rules', () => {
    expect(index('batteries', 'en')).toBe('batteries batteri~en')
    expect(index('televisões', 'pt-BR').split(' ')[1]).toBe(index('televisão', 'pt').split(' ')[1])
    expect(index('batteries', 'xx')).toBe('batteries')
    expect(index('노트북 batteries', 'ko')).toBe('노트 트북 batteries batteri~en')
  })

  it('of one language are not found by stems of another', () => {
    // Portuguese takes "toner" for a verb and its stem for "ton".
    expect(finds('toner', '2 Ton Epoxy', ['en', 'pt'])).toBe(false)
    expect(finds('toner', 'Toners', ['en', 'pt'])).toBe(true)
  })

  it('are a fresh array each time', () => {
    analyzer.analyzeText('fresh', 'en').push('spoilt')
    expect(index('fresh')).toBe('fresh')
  })
})

describe('an analyser', () => {
  it.each([0, 1, -5, 2.5, Number.NaN])('refuses to remember %s chunks', (cacheCapacity) => {
    expect(() => createAnalyzer({ cacheCapacity })).toThrow(
      expect.objectContaining({ code: 'text-analysis.bad-cache-capacity' }),
    )
  })
})

describe('query clauses', () => {
  it.each([
    ['glasses', 'glasses{glasses glass~en^0.8}'],
    ['17 inch', '17 inch{17inch 17^0.5}'],
    ['17-inch', '17-inch{17inch 17^0.5}'],
    ['1.9 cu. ft.', '1.9 cu. ft{1.9cuft 1.9^0.5}'],
    ['dv7-1211ea', 'dv7{dv7 dv71211ea} 1211ea{1211ea dv71211ea}'],
    ['dv7 1211ea', 'dv7{dv7 dv71211ea^0.5} 1211ea{1211ea dv71211ea^0.5}'],
    ['롱 코트', '롱{롱 롱코} 코트{코트}'],
    ['the who', 'the!{the thewho^0.5} who{who thewho^0.5}'],
    ['U.S.A', 'U.S.A{usa}'],
    ['300 리터', '300 리터{300l 300^0.5}'],
    ['ＮＩＫＥ', 'ＮＩＫＥ{nike}'],
  ])('of %s are %s', (text, clauses) => {
    expect(query(text)).toBe(clauses)
  })

  it('hold the stems of every language asked, and both readings of a number', () => {
    expect(query('sapatos', ['en', 'pt'])).toBe('sapatos{sapatos sapato~en^0.8 sapat~pt^0.8}')
    expect(query('1.500', ['en', 'pt'])).toBe('1.500{1.5 1500}')
    // Seven digits make it one name, in Portuguese alone.
    expect(query('250_1.500', ['en', 'pt'])).toBe('250{250 2501500} 1.500{1.5 1500 2501500}')
    expect(query('sapatos', [])).toBe('sapatos{sapatos}')
  })

  it('keep stop words, marked, so that a query of nothing else still finds something', () => {
    const { clauses } = analyzer.analyzeQuery('to be', { languages: ['en'] })
    expect(clauses.map(({ isStopWord }) => isStopWord)).toEqual([true, true])
    expect(finds('to be', 'To Be or Not To Be, poster')).toBe(true)
  })

  it.each(['', '   ', '\u0000\u001f', '!?…', '\ud83d', '🙂🙂'])('are none for %j', (text) => {
    expect(analyzer.analyzeQuery(text, { languages: ['en'] })).toEqual({ clauses: [], isTruncated: false })
  })

  it('are limited, and the answer says so', () => {
    const words = analyzer.analyzeQuery('word '.repeat(100), { languages: ['en'] })
    expect(words.clauses).toHaveLength(MAX_QUERY_CLAUSES)
    expect(words.isTruncated).toBe(true)
    const long = analyzer.analyzeQuery(`${'a'.repeat(MAX_QUERY_CHARACTERS - 1)}𠮷${'b'.repeat(9_000)}`, {
      languages: ['en'],
    })
    expect(long.isTruncated).toBe(true)
    expect(long.clauses.at(-1)?.end).toBe(MAX_QUERY_CHARACTERS - 1)
    expect(analyzer.analyzeQuery('a b', { languages: ['en'] }).isTruncated).toBe(false)
  })
})

describe('spellings that meet', () => {
  it.each([
    ['250GB', '250 gb', '250-GB', '250 gigabytes'],
    ['17"', '17 inch', '17in', '17-inch', '17″', '17 in.', '17인치', '17 polegadas'],
    ['43.2 cm', '43,2cm', '43.20-cm'],
    ['8 ft.', '8 foot', "8'", '8-feet'],
    ['1.9 cu. ft.', '1.9 cubic feet', '1.9cuft'],
    ['300리터', '300 리터', '300 L', '300 litros'],
    ["men's", 'men’s', 'MEN'],
    ['geração', 'geracao', 'GERAÇÃO'],
    ['½ inch', '1/2-Inch', '1/2"'],
    ['ガラス', 'ｶﾞﾗｽ'],
  ])('%s, %s, %s …', (...spellings) => {
    for (const one of spellings)
      for (const other of spellings) expect([one, other, finds(one, other)]).toEqual([one, other, true])
  })

  it.each([
    ['dv7 1211ea', 'HP Pavilion dv7-1211ea'],
    ['dv71211ea', 'HP Pavilion DV7-1211EA'],
    ['DV7-1211EA', 'HP Pavilion dv71211ea'],
    ['dv7 1211ea', 'HP Pavilion dv71211ea'],
    ['dv7', 'HP Pavilion dv7-1211ea'],
    ['tn 2110', 'Brother TN2110 toner'],
    ['tn-2110', 'Brother TN2110 toner'],
    ['wifi', 'Wi-Fi router'],
    ['2in1', '2-in-1 shampoo'],
    ['2 in 1', '2-in-1 shampoo'],
    ['wi-fi', 'WiFi router'],
    ['wi fi', 'WiFi router'],
    ['tshirts', 'T-Shirt'],
    ['t-shirt', 'tshirts'],
    ['롱코트', '롱 코트'],
    ['롱 코트', '오버핏 롱코트'],
    ['코트', '캐시미어 발마칸 코트'],
    ['1440x900', '1440 x 900 pixels'],
    ['4 x 8', '4 x 8 panel'],
    ['black and decker', 'Black and Decker drill'],
    ['batteries', 'AA battery'],
  ])('%s finds %s', (text, product) => {
    expect(finds(text, product)).toBe(true)
  })

  it('a Portuguese plural finds the singular, with and without accents', () => {
    for (const [plural, singular] of [
      ['televisoes', 'televisão'],
      ['papéis', 'papel'],
      ['lençóis', 'lencol'],
      ['sapatos', 'sapato'],
    ]) {
      expect(finds(plural as string, singular as string, ['en', 'pt'], 'pt')).toBe(true)
    }
  })
})
