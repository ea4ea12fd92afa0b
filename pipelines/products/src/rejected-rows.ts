import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

export type RejectedRow = Readonly<{ line: number; field: string; reason: string; text: string }>

/**
 * The file of rows that did not go in: JSON lines of `{line, reason, field, text}`, the text cut at 1,000 characters.
 * Written aside; it takes its place when finished, and there is none where nothing was rejected.
 */
export interface RejectedRows {
  add(row: RejectedRow): Promise<void>
  /** The path of the file, or null if no row was rejected. */
  finish(): Promise<string | null>
  discard(): Promise<void>
}

const bufferCharacters = 64 * 1024

export function rejectedRows(file: string): RejectedRows {
  const aside = `${file}.part`
  let handle: FileHandle | null = null
  let waiting = ''
  const flush = async () => {
    if (waiting === '') return
    const text = waiting
    waiting = ''
    if (!handle) {
      await mkdir(dirname(file), { recursive: true })
      handle = await open(aside, 'w')
    }
    await handle.appendFile(text)
  }
  return Object.freeze({
    add: async ({ line, reason, field, text }: RejectedRow) => {
      waiting += `${JSON.stringify({ line, reason, field, text: text.slice(0, 1_000).toWellFormed() })}\n`
      if (waiting.length > bufferCharacters) await flush()
    },
    finish: async () => {
      await flush()
      await handle?.close()
      if (handle) await rename(aside, file)
      else await rm(file, { force: true })
      return handle ? file : null
    },
    discard: async () => {
      await handle?.close().catch(() => {})
      await rm(aside, { force: true })
    },
  })
}
