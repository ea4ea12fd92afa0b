import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvField, parseCsv, recordsOf } from './csv.ts'
import { judgmentsCsv, parseJudgments } from './judgments.ts'

const fields = (text: string) => [...parseCsv(text)].map((record) => record.fields)

describe('CSV', () => {
  it('has commas, quotes and line breaks within quotes', () => {
    expect(fields('a,"b, ""c""",\r\n"d\ne",,f')).toEqual([
      ['a', 'b, "c"', ''],
      ['d\ne', '', 'f'],
    ])
  })

  it('counts lines through line breaks in quotes, and passes over empty lines', () => {
    expect([...parseCsv('\ufeffa\n\n"b\nc"\nd\n')].map(({ line, fields }) => [line, fields[0]])).toEqual([
      [1, 'a'],
      [3, 'b\nc'],
      [5, 'd'],
    ])
  })

  it('gives back what was written, whatever the text', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', '가'), maxLength: 8 })
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 6 }), (rows) => {
        expect(fields(rows.map((row) => row.map(csvField).join(',')).join('\n'))).toEqual(rows)
      }),
    )
  })

  it('names the line of a quote that is not closed, or is followed by text', () => {
    expect(() => fields('a\nb,"c')).toThrow('line 2: a quote is never closed')
    expect(() => fields('a\n"b"c')).toThrow('line 2: text follows a closing quote')
  })

  it('finds columns by name and marks records of another width', () => {
    expect([...recordsOf('x,b,a\n1,2,3\n4,5\n', ['a', 'b'])]).toEqual([
      { line: 2, values: { a: '3', b: '2' } },
      { line: 3, values: null },
    ])
    expect(() => [...recordsOf('a,b\n', ['c'])]).toThrow('column "c" is missing; the file has a, b')
    expect(() => [...recordsOf('', ['c'])]).toThrow('the file is empty')
  })
})

describe('judgments', () => {
  it('are read back as they were written', () => {
    const judgments = [
      { query: 'pots, "pans"', productId: '17', grade: 1.33 },
      { query: '가방', productId: 'a', grade: 0 },
    ]
    expect(parseJudgments(judgmentsCsv(judgments))).toEqual(judgments)
  })

  it('take columns in any order, and the last line of a pair judged twice', () => {
    expect(parseJudgments('grade,note,product_id,query\n1,x,p,q\n2,y,p,q\n')).toEqual([
      { query: 'q', productId: 'p', grade: 2 },
    ])
  })

  it('name line and column of what is wrong', () => {
    const cases: readonly [string, string][] = [
      ['', 'line 1, column query: is missing'],
      ['query,grade\n', 'line 1, column product_id: is missing from the first line'],
      ['query,product_id,grade\nq,p,1\n,p,1\n', 'line 3, column query: is empty'],
      ['query,product_id,grade\nq, ,1\n', 'line 2, column product_id: is empty'],
      ['query,product_id,grade\nq,p,good\n', 'line 2, column grade: "good" is not a number from 0 up'],
      ['query,product_id,grade\nq,p,-1\n', 'line 2, column grade: "-1"'],
      ['query,product_id,grade\nq,p\n', 'line 2, column query: has 2 fields where 3 are named'],
    ]
    for (const [csv, message] of cases) expect(() => parseJudgments(csv)).toThrow(message)
  })
})
