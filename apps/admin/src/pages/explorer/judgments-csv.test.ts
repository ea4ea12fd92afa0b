import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitsAtOnce, judgmentLimits, readJudgments } from './judgments-csv.ts'

const kettle = { query: 'kettle', productId: 'p-1', grade: 3 }

describe('a file of judgments', () => {
  it('is read with and without a heading, whatever the line ends and the order of its columns', () => {
    for (const text of [
      'kettle,p-1,3',
      'query,product_id,grade\r\nkettle,p-1,3\r\n',
      '\uFEFFGrade,Query,Product_ID\n3,kettle,p-1\n\n',
      'query,product_id,grade,by\rkettle , p-1 , 3.0 ,ana',
    ])
      expect(readJudgments(text)).toEqual({ judgments: [kettle], faults: [], repeated: 0 })
  })

  it('may have quotes around what holds commas, quotes and line ends', () => {
    const { judgments } = readJudgments('"kettle, ""small""\nand red",p-1,0.5\n')
    expect(judgments).toEqual([{ query: 'kettle, "small"\nand red', productId: 'p-1', grade: 0.5 }])
  })

  it('gives back every row that was written', () => {
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((value) => value.trim() === value)
    const row = fc.record({ query: text, productId: text, grade: fc.integer({ min: 0, max: 10 }) })
    fc.assert(
      fc.property(fc.array(row, { minLength: 1 }), fc.constantFrom('\n', '\r\n', '\r'), (rows, end) => {
        const lines = rows.map(({ query, productId, grade }) => `${quoted(query)},${quoted(productId)},${grade}`)
        const { judgments, faults } = readJudgments(['query,product_id,grade', ...lines].join(end))
        expect(faults).toEqual([])
        expect(judgments).toEqual(rows)
      }),
    )
  })

  it('tells wrong rows by their line, and keeps the others', () => {
    const text = [
      'query,product_id,grade',
      'kettle,p-1,3',
      'kettle',
      ',p-2,1',
      'kettle,,1',
      'kettle,p-3,11',
      'a,b,good',
      'a,b,-1',
    ].join('\n')
    const { judgments, faults } = readJudgments(text)
    expect(judgments).toEqual([kettle])
    expect(faults.map(({ line, is }) => `${line} ${is}`)).toEqual([
      ...['3 columns', '4 query', '5 product', '6 grade', '7 grade', '8 grade'],
    ])
  })

  it('takes a quote inside of a field for itself', () => {
    const { judgments } = readJudgments('5" pipe,p-1,1\n6" pipe,p-2,2')
    expect(judgments.map(({ query }) => query)).toEqual(['5" pipe', '6" pipe'])
  })

  it('counts lines inside of quotes', () => {
    const { faults } = readJudgments('"a\nb",p,1\nkettle,p-1,none')
    expect(faults).toEqual([{ line: 3, is: 'grade', found: 'none' }])
  })

  it('tells of a quote that is not closed', () => {
    const { judgments, faults } = readJudgments('kettle,p-1,3\n"kettle,p-2,1')
    expect(judgments).toEqual([kettle])
    expect(faults).toMatchObject([{ line: 2, is: 'quote' }])
  })

  it('needs all three columns where it names them', () => {
    expect(readJudgments('query,product_id\nkettle,p-1')).toMatchObject({
      judgments: [],
      faults: [{ line: 1, is: 'header' }],
    })
  })

  it('counts rows that judge again', () => {
    expect(readJudgments('kettle,p-1,3\nkettle,p-1,2').repeated).toBe(1)
    expect(readJudgments('').judgments).toEqual([])
  })

  it('may be too much for once', () => {
    expect(fitsAtOnce([kettle])).toBe(true)
    expect(fitsAtOnce(Array.from({ length: judgmentLimits.rows + 1 }, () => kettle))).toBe(false)
    expect(fitsAtOnce(Array.from({ length: 10_000 }, () => ({ ...kettle, query: '말'.repeat(1_000) })))).toBe(false)
  })
})
