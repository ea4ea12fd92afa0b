import { describe, expect, it } from 'vitest'
import { readOrdersFile } from './orders-file.ts'

const words = { json: () => 'json', object: 'object', empty: 'empty' }

describe('a file of orders', () => {
  it('has one order a line; wrong lines are told and hold no other back', () => {
    const { rows, faults } = readOrdersFile(
      '\uFEFF{"orderId":"a"}\r\n\n[1]\n{"orderId":\nnull\n {"orderId":"b"}',
      words,
    )
    expect(rows).toEqual([
      { line: 1, row: { orderId: 'a' } },
      { line: 6, row: { orderId: 'b' } },
    ])
    expect(faults.map(({ line, reason }) => `${line} ${reason}`)).toEqual(['3 object', '4 json', '5 object'])
  })

  it('says that there is nothing in an empty file', () => {
    expect(readOrdersFile('\n\n', words).faults).toEqual([{ line: 1, field: 'file', reason: 'empty' }])
  })
})
