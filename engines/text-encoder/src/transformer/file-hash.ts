import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'

export type HashedFile = Readonly<{ sha256: string; hasMark: boolean }>

/**
 * Reads a file once, in pieces (models may be larger than a buffer may be): its SHA-256 in hex, and whether `mark` (ASCII)
 * stands in it.
 */
export async function hashFile(path: string, mark?: string): Promise<HashedFile> {
  const hash = createHash('sha256')
  let hasMark = false
  let end: Buffer = Buffer.alloc(0)
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    hash.update(piece)
    if (mark === undefined || hasMark) continue
    // The mark may lie across the border of two pieces.
    hasMark = piece.includes(mark) || Buffer.concat([end, piece.subarray(0, mark.length)]).includes(mark)
    end = piece.subarray(-mark.length)
  }
  return { sha256: hash.digest('hex'), hasMark }
}
