import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import type { ImportRejection } from '@eip/contracts'

export type RejectedPage = Readonly<{ rows: ImportRejection[]; total: number }>

/** Rows that did not go in, page by page. */
export interface RejectedPages {
  pathOf(id: string): string
  /** Of a file that does not change any more; nothing where there is none. */
  page(id: string, offset: number, size: number): Promise<RejectedPage>
}

/** Where every 100th line of a file begins, how many lines there are, and where the last one ends. */
type LineIndex = Readonly<{ starts: readonly number[]; lines: number; end: number }>

const stride = 100
/** Files that are paged through at the same time, about; an index is made again in the time that reading the file takes. */
const indexesKept = 8
const lineFeed = 10
const nothing: LineIndex = Object.freeze({ starts: [], lines: 0, end: 0 })

async function indexOf(file: string): Promise<LineIndex> {
  const starts: number[] = []
  let lines = 0
  let end = 0
  let position = 0
  for await (const chunk of createReadStream(file, { highWaterMark: 2 ** 18 }) as AsyncIterable<Buffer>) {
    for (let at = chunk.indexOf(lineFeed); at !== -1; at = chunk.indexOf(lineFeed, at + 1)) {
      if (lines % stride === 0) starts.push(end)
      lines += 1
      end = position + at + 1
    }
    position += chunk.length
  }
  return { starts, lines, end }
}

const noneWhereAbsent = (error: NodeJS.ErrnoException): LineIndex => {
  if (error.code === 'ENOENT') return nothing
  throw error
}

async function textBetween(file: FileHandle, start: number, end: number): Promise<string> {
  const bytes = Buffer.allocUnsafe(end - start)
  const { bytesRead } = await file.read(bytes, 0, bytes.length, start)
  return bytes.toString('utf8', 0, bytesRead)
}

/** Files of JSON lines, `ID.jsonl` in the directory. A page reads its own lines and fewer than 200 around them. */
export function rejectedPages(directory: string): RejectedPages {
  const indexes = new Map<string, Promise<LineIndex>>()
  const pathOf = (id: string) => join(directory, `${id}.jsonl`)

  function indexed(id: string): Promise<LineIndex> {
    const found = indexes.get(id) ?? indexOf(pathOf(id)).catch(noneWhereAbsent)
    // The one asked for last stands last; a failure is not kept.
    indexes.delete(id)
    indexes.set(id, found)
    found.catch(() => indexes.delete(id))
    const [oldest] = indexes.keys()
    if (indexes.size > indexesKept && oldest !== undefined) indexes.delete(oldest)
    return found
  }

  return Object.freeze({
    pathOf,
    async page(id, offset, size) {
      const { starts, lines: total, end } = await indexed(id)
      const last = Math.min(offset + size, total)
      if (offset >= last) return { rows: [], total }
      const first = Math.floor(offset / stride)
      await using file = await open(pathOf(id))
      const text = await textBetween(file, starts[first] as number, starts[Math.ceil(last / stride)] ?? end)
      const lines = text.split('\n').slice(offset - first * stride, last - first * stride)
      return { rows: lines.map((line) => JSON.parse(line) as ImportRejection), total }
    },
  } satisfies RejectedPages)
}
