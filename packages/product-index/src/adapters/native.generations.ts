import { join } from 'node:path'
import { type Clock, systemClock } from '@eip/kernel'
import { describeGeneration, nextEntry, withBegun, without, withServing } from '../generation-book.ts'
import { requireDroppable, requireKnown, requireNoneFilling } from '../generations.failure.ts'
import type { ProductIndexGenerations } from '../generations.port.ts'
import type { ProductIndexReader, RetrievalRequest } from '../product-index.port.ts'
import type { ProductIndex } from '../product-index-writer.port.ts'
import { turns } from '../turns.ts'
import {
  type FolderBook,
  type FolderEntry,
  firstBook,
  readBook,
  removeUnnamed,
  writeBook,
} from './native.generation-book.ts'
import { type NativeProductIndexOptions, openNativeProductIndex } from './native.product-index.ts'

export type NativeGenerationsOptions = NativeProductIndexOptions & Readonly<{ clock?: Clock }>

/**
 * Serving views of this process, each with its own folder and writer thread.
 * Fails as `openNativeProductIndex`, and with `product-index.generations-unreadable`.
 */
export async function openNativeGenerations(options: NativeGenerationsOptions): Promise<ProductIndexGenerations> {
  const { dir, clock = systemClock } = options
  let book = dir === null ? firstBook(clock.now(), false) : readBook(dir, clock.now())
  const open = new Map<string, ProductIndex>()
  const inTurn = turns()

  const tidy = () => {
    if (dir !== null) removeUnnamed(dir, book)
  }
  const note = (changed: FolderBook) => {
    book = dir === null ? changed : writeBook(dir, changed)
  }
  const openOne = async ({ name, folder }: FolderEntry) => {
    open.set(name, await openNativeProductIndex({ ...options, dir: dir && join(dir, folder) }))
  }
  const held = (name: string): ProductIndex => {
    requireKnown(book, name)
    return open.get(name)!
  }
  const closeAll = async () => {
    for (const index of open.values()) await index.close()
  }

  async function begin(): Promise<string> {
    requireNoneFilling(book)
    const next = nextEntry(book, clock.now())
    const entry = { ...next, folder: next.name }
    // Opened before it is in the book: one that is there can always be written.
    await openOne(entry)
    note(withBegun(book, entry))
    return entry.name
  }
  async function serve(name: string): Promise<void> {
    const index = held(name)
    if (name === book.serving) return
    await index.writer.save()
    note(withServing(book, name, clock.now()))
  }
  async function drop(name: string): Promise<void> {
    requireDroppable(book, name)
    const index = held(name)
    note(without(book, name))
    open.delete(name)
    await index.close()
    tidy()
  }

  tidy()
  try {
    for (const entry of book.generations) await openOne(entry)
  } catch (error) {
    await closeAll()
    throw error
  }
  return Object.freeze({
    reader: readerOf(() => held(book.serving).reader),
    list: async () =>
      book.generations.map((entry) => describeGeneration(book, entry, held(entry.name).reader.statistics())),
    writer: async (name: string) => held(name).writer,
    begin: () => inTurn(begin),
    serve: (name: string) => inTurn(() => serve(name)),
    drop: (name: string) => inTurn(() => drop(name)),
    close: () => inTurn(closeAll),
  })
}

/** Asks whichever reader there is at the moment of each call. */
const readerOf = (now: () => ProductIndexReader): ProductIndexReader =>
  Object.freeze({
    retrieve: (request: RetrievalRequest) => now().retrieve(request),
    show: (ids: readonly string[]) => now().show(ids),
    explain: (...asked: Parameters<ProductIndexReader['explain']>) => now().explain(...asked),
    vectorOf: (id: string, encoder: string) => now().vectorOf(id, encoder),
    vocabulary: () => now().vocabulary(),
    statistics: () => now().statistics(),
  })
