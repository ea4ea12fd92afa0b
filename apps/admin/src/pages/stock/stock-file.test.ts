import { describe, expect, it } from 'vitest'
import { columnOf, readStockFile, type StockFaultWords } from './stock-file.ts'

const words: StockFaultWords = {
  ...{ empty: 'empty', lacking: 'lacking', unknownColumn: 'unknown', twice: 'twice' },
  ...{ quote: 'quote', columns: 'columns', number: 'number', broken: 'broken' },
}
const read = (text: string) => readStockFile(text, words)

describe('a file of stock', () => {
  it('is read by the names of its columns, in any order, with what is empty left out', () => {
    const text = 'on_hand, Product_Id ,place,low_stock_at,daily_sales\r\n12,"a,b",north,3,0.5\r\n\r\n0,c,,,\n'
    expect(read(text)).toEqual({
      rows: [
        { line: 2, row: { onHand: 12, productId: 'a,b', place: 'north', lowStockAt: 3, dailySales: 0.5 } },
        { line: 4, row: { onHand: 0, productId: 'c' } },
      ],
      faults: [],
    })
  })

  it('leaves it to the gateway what a number may be, and takes nothing for a number that is none', () => {
    const text = 'product_id,on_hand\na,-1\nb,1.5\nc,1e3\nd,"1,000"\ne,twelve\nf,\ng,0x10\nh, 7 '
    const { rows, faults } = read(text)
    expect(rows.map(({ row }) => row.onHand)).toEqual([-1, 1.5, 7])
    expect(faults.map(({ line, field, reason }) => `${line} ${field} ${reason}`)).toEqual([
      ...['4 on_hand number', '5 on_hand number', '6 on_hand number', '7 on_hand number', '8 on_hand number'],
    ])
  })

  it('tells rows that have too few or too many columns, or an open quote, and takes the others', () => {
    const { rows, faults } = read('product_id,on_hand\na\nb,1,2\nc,3\n"d,4')
    expect(rows.map(({ line }) => line)).toEqual([4])
    expect(faults.map(({ line, reason }) => `${line} ${reason}`)).toEqual(['2 columns', '3 columns', '5 quote'])
  })

  it('takes no row where a column is lacking, unknown or named twice: each is told', () => {
    const { rows, faults } = read('product_id,on_hnad,place,place\na,1,x,y')
    expect(rows).toEqual([])
    expect(faults).toEqual([
      { line: 1, field: 'on_hand', reason: 'lacking' },
      { line: 1, field: 'on_hnad', reason: 'unknown' },
      { line: 1, field: 'place', reason: 'twice' },
    ])
  })

  it('has its own names for what the gateway refuses', () => {
    expect(['onHand', 'dailySales', 'row'].map(columnOf)).toEqual(['on_hand', 'daily_sales', 'row'])
  })

  it('says that there is nothing in an empty file', () => {
    expect(read('\uFEFF\n')).toEqual({ rows: [], faults: [{ line: 1, field: 'file', reason: 'empty' }] })
  })
})
