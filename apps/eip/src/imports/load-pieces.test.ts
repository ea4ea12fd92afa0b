import { aProduct } from '@eip/testkit'
import { describe, expect, it } from 'vitest'
import { inPieces, piecesOf } from './load-pieces.ts'

const sized = (id: number, characters: number) => aProduct({ id: `p${id}`, description: 'x'.repeat(characters) })

describe('a batch in pieces', () => {
  it('is the same products in the same order, each piece small', () => {
    const products = Array.from({ length: 1_000 }, (_, i) => sized(i, (i * 7_919) % 3_000))
    const pieces = [...piecesOf(products)]
    expect(pieces.flat()).toEqual(products)
    for (const piece of pieces) {
      expect(piece.length).toBeLessThanOrEqual(200)
      expect(JSON.stringify(piece).length).toBeLessThan(70_000)
    }
  })

  it('has a product that is larger than a piece as a piece of its own', () => {
    const sizes = [10, 100_000, 10, 100_000].map((characters, i) => sized(i, characters))
    expect([...piecesOf(sizes)].map((piece) => piece.length)).toEqual([1, 1, 1, 1])
    expect([...piecesOf([])]).toEqual([])
  })

  it('is answered as a whole: refused rows are counted from the beginning of the batch', async () => {
    const products = Array.from({ length: 450 }, (_, i) => sized(i, 10))
    const load = inPieces(async (piece) => {
      const refused = piece.findIndex(({ id }) => id === 'p420')
      const rejected = refused === -1 ? [] : [{ index: refused, id: 'p420', field: 'title', reason: 'no' }]
      return { created: piece.length - rejected.length, updated: 0, unchanged: 0, rejected }
    })
    expect(await load(products)).toEqual({
      ...{ created: 449, updated: 0, unchanged: 0 },
      rejected: [{ index: 420, id: 'p420', field: 'title', reason: 'no' }],
    })
  })
})
