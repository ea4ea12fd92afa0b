import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'
import { importFailure } from './import-failure.ts'

/** A line of the file, counted from 1, without its line break. `isTooLong`: only its beginning is here. */
export type Line = Readonly<{ number: number; bytes: Buffer; isTooLong: boolean }>
/** Where the file itself broke off: everything before went in, nothing after could be read. */
export type FileFault = Readonly<{ line: number; reason: string }>
export type LineBatch = Readonly<{ lines: readonly Line[]; bytesRead: number; fault: FileFault | null }>

export type LineReaderOptions = Readonly<{ maximumLineBytes?: number; signal?: AbortSignal | undefined }>

const lineFeed = 10
const shownBytes = 4_000

/**
 * Reads a file line by line, plain or gzip (told by its first bytes, not its name), in memory bounded by the longest
 * line allowed. `bytesRead` counts the file's own bytes. A gzip that breaks off gives its whole lines, then a fault.
 * Throws `import.no-file`.
 */
export async function* readLines(file: string, options: LineReaderOptions = {}): AsyncGenerator<LineBatch> {
  const { maximumLineBytes = 4 * 2 ** 20, signal } = options
  const isGzip = await startsAsGzip(file)
  const splitter = lineSplitter(maximumLineBytes)
  let bytesRead = 0
  async function* counted() {
    for await (const chunk of createReadStream(file, { highWaterMark: 256 * 1024 })) {
      signal?.throwIfAborted()
      bytesRead += (chunk as Buffer).length
      yield chunk as Buffer
    }
  }
  try {
    for await (const chunk of isGzip ? inflated(counted()) : counted())
      yield { lines: splitter.push(chunk), bytesRead, fault: null }
  } catch (error) {
    signal?.throwIfAborted()
    yield { lines: [], bytesRead, fault: { line: splitter.lineNumber(), reason: faultReason(error) } }
    return
  }
  yield { lines: splitter.end(), bytesRead, fault: null }
}

/** The size in bytes; throws `import.no-file` for what is absent, unreadable or not a file. */
export async function fileSize(file: string): Promise<number> {
  const handle = await open(file, 'r').catch((cause: unknown) => {
    throw importFailure('import.no-file', `file "${file}" cannot be opened`, { file }, cause)
  })
  try {
    const found = await handle.stat()
    if (!found.isFile()) throw importFailure('import.no-file', `"${file}" is not a file`, { file })
    return found.size
  } finally {
    await handle.close()
  }
}

async function startsAsGzip(file: string): Promise<boolean> {
  await fileSize(file)
  const handle = await open(file, 'r')
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0)
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b
  } finally {
    await handle.close()
  }
}

function faultReason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return message === 'unexpected end of file'
    ? 'the gzip file ends before its end: it was cut off'
    : `the file cannot be read further: ${message}`
}

/** Decompresses so that nothing decoded is lost when the input breaks: a stream being destroyed drops what it holds. */
async function* inflated(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: 256 * 1024 })
  const decoded: Buffer[] = []
  let broken: Error | null = null
  let wake = () => {}
  gunzip.on('data', (chunk: Buffer) => decoded.push(chunk))
  gunzip.on('error', (error) => {
    broken = error
    wake()
  })
  const settled = (start: (done: () => void) => void) =>
    new Promise<void>((resolve) => {
      wake = resolve
      start(resolve)
    })
  try {
    for await (const chunk of source) {
      await settled((done) => gunzip.write(chunk, () => done()))
      yield* decoded.splice(0)
      if (broken) throw broken
    }
    await settled((done) => gunzip.once('end', done).end())
    yield* decoded.splice(0)
    if (broken) throw broken
  } finally {
    gunzip.destroy()
  }
}

/** Cuts chunks at line feeds; the unfinished line waits for the next chunk, and of one too long only the beginning. */
function lineSplitter(maximumLineBytes: number) {
  let waiting: Buffer[] = []
  let waitingBytes = 0
  let number = 1

  const hold = (piece: Buffer) => {
    waitingBytes += piece.length
    if (waitingBytes <= maximumLineBytes) waiting.push(piece)
    else if (waiting.length !== 1 || (waiting[0] as Buffer).length > shownBytes)
      waiting = [Buffer.from(Buffer.concat([...waiting, piece]).subarray(0, shownBytes))]
  }
  const finish = (): Line => {
    let bytes = waiting.length === 1 ? (waiting[0] as Buffer) : Buffer.concat(waiting)
    if (bytes.at(-1) === 13) bytes = bytes.subarray(0, -1)
    if (number === 1 && bytes.subarray(0, 3).equals(Buffer.of(0xef, 0xbb, 0xbf))) bytes = bytes.subarray(3)
    const line = { number, bytes, isTooLong: waitingBytes > maximumLineBytes }
    waiting = []
    waitingBytes = 0
    number++
    return line
  }
  return {
    lineNumber: () => number,
    push: (chunk: Buffer): Line[] => {
      const lines: Line[] = []
      let start = 0
      for (let end = chunk.indexOf(lineFeed); end !== -1; end = chunk.indexOf(lineFeed, start)) {
        hold(chunk.subarray(start, end))
        lines.push(finish())
        start = end + 1
      }
      if (start < chunk.length) hold(chunk.subarray(start))
      return lines
    },
    end: (): Line[] => (waitingBytes > 0 ? [finish()] : []),
  }
}
