import type { Product } from '@eip/contracts'
import type { LoadBatch } from '@eip/pipeline-products'
import type { LoadedProducts } from '@eip/service-catalog'

/**
 * A message is taken apart at once on the thread that answers shoppers: 64 thousand characters take it less than a millisecond,
 * the 4 million that a batch may have would hold it for many.
 */
const pieceProducts = 200
const pieceCharacters = 64 * 1_024

/** The products in pieces, in order; one that is larger than a piece is a piece of its own. */
export function* piecesOf(products: readonly Product[]): Generator<readonly Product[]> {
  let piece: Product[] = []
  let characters = 0
  for (const product of products) {
    const size = JSON.stringify(product).length
    if (piece.length > 0 && (piece.length === pieceProducts || characters + size > pieceCharacters)) {
      yield piece
      piece = []
      characters = 0
    }
    piece.push(product)
    characters += size
  }
  if (piece.length > 0) yield piece
}

/** Loads a batch piece by piece, each when the one before it was answered, and answers as for the whole. */
export const inPieces =
  (load: (products: readonly Product[]) => Promise<LoadedProducts>): LoadBatch =>
  async (products) => {
    const count = { created: 0, updated: 0, unchanged: 0 }
    const rejected: LoadedProducts['rejected'][number][] = []
    let before = 0
    for (const piece of piecesOf(products)) {
      const loaded = await load(piece)
      for (const outcome of ['created', 'updated', 'unchanged'] as const) count[outcome] += loaded[outcome]
      for (const refusal of loaded.rejected) rejected.push({ ...refusal, index: before + refusal.index })
      before += piece.length
    }
    return { ...count, rejected }
  }
