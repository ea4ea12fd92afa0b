import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { fileSize } from './line-reader.ts'

/** SHA-256 of a file's bytes, in hexadecimal. `onBytes` hears how many were read so far. */
export async function hashOfFile(
  file: string,
  onBytes?: (bytes: number) => void,
  signal?: AbortSignal,
): Promise<string> {
  await fileSize(file)
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of createReadStream(file, { highWaterMark: 2 ** 20 })) {
    signal?.throwIfAborted()
    hash.update(chunk as Buffer)
    bytes += (chunk as Buffer).length
    onBytes?.(bytes)
  }
  return hash.digest('hex')
}

/** The name of a part: the same file read the same way has the same one, on any day. */
export const partName = (fileHash: string, reading: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify([fileHash, reading]))
    .digest('hex')
    .slice(0, 32)
