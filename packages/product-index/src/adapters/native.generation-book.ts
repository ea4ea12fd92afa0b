import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { type Book, type BookEntry, bookOfFirst, firstEntry } from '../generation-book.ts'
import { generationFailure } from '../generations.failure.ts'

/** `folder`: beneath the index folder; `.` for a view that lay there before there were several. */
export type FolderEntry = BookEntry & Readonly<{ folder: string }>
export type FolderBook = Book<FolderEntry>

/*
 *  index/
 *    generations.json    this book: written aside and renamed, so that one rename is what lets a generation take over
 *    g1/  g2/            a generation each, its snapshots as they ever were
 *    manifest.json …     the first one, where an earlier version of the program made it
 */
const bookFile = 'generations.json'
const format = 1
const folderOfEarlierVersion = '.'

/** The book of the index folder (made if absent), or the one that a folder without a book begins with. */
export function readBook(directory: string, now: number): FolderBook {
  mkdirSync(directory, { recursive: true })
  const file = join(directory, bookFile)
  if (!existsSync(file)) return writeBook(directory, firstBook(now, isOfEarlierVersion(directory)))
  const content = parsed(file)
  if (content?.format !== format)
    throw generationFailure('product-index.generations-unreadable', `"${file}" is not of format ${format}`, { file })
  return content.book
}

function parsed(file: string): { format: number; book: FolderBook } | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as { format: number; book: FolderBook } | null
  } catch (error) {
    throw generationFailure('product-index.generations-unreadable', `"${file}" is not JSON`, { file }, error)
  }
}

const isOfEarlierVersion = (directory: string): boolean => existsSync(join(directory, 'manifest.json'))

export function firstBook(now: number, isInRoot: boolean): FolderBook {
  const first = firstEntry(now)
  return bookOfFirst({ ...first, folder: isInRoot ? folderOfEarlierVersion : first.name })
}

/** Durable when it returns. */
export function writeBook(directory: string, book: FolderBook): FolderBook {
  const file = join(directory, bookFile)
  writeFileSync(`${file}.new`, `${JSON.stringify({ format, book })}\n`, { flush: true })
  renameSync(`${file}.new`, file)
  const descriptor = openSync(directory, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  return book
}

/** Removes what no generation of the book lies in: it was dropped, and perhaps the program ended before it was gone. */
export function removeUnnamed(directory: string, { generations }: FolderBook): void {
  const folders = new Set(generations.map(({ folder }) => folder))
  for (const name of readdirSync(directory)) {
    const isOfFirst = !/^g\d+$/.test(name)
    const isNamed = name === bookFile || folders.has(isOfFirst ? folderOfEarlierVersion : name)
    if (!isNamed) rmSync(join(directory, name), { recursive: true, force: true })
  }
}
