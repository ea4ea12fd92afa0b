import { type Book, bookOfFirst, firstEntry } from '../generation-book.ts'
import { generationFailure } from '../generations.failure.ts'
import { changeDocument, createDocument, readDocument } from './opensearch.compare-and-set.ts'
import type { Connection } from './opensearch.connection.ts'
import { createIndex } from './opensearch.indexes.ts'
import { bookIndex, type IndexSettings } from './opensearch.mapping.ts'
import { bookIndexName } from './opensearch.names.ts'

const format = 1
type Content = Readonly<{ format: number; book: Book }>

const documentOf = (prefix: string) => ({ index: bookIndexName(prefix), id: 'book' })

/** Which generations there are: changing it is what lets one begin, take over or go, for all processes at once. */
export interface SharedBook {
  /** null where nobody has begun one. Fails with `product-index.generations-unreadable` where a newer program did. */
  read(): Promise<Book | null>
  /** One in which the first generation serves, unless there is one already. */
  begin(now: number): Promise<void>
  /** `change` may throw, to refuse; where it answers with what it was given, nothing changes. */
  change(change: (book: Book) => Book): Promise<Book>
}

export function sharedBook(connection: Connection, settings: IndexSettings, prefix: string): SharedBook {
  const document = documentOf(prefix)
  const bookIn = (content: Content): Book => {
    if (content.format === format) return content.book
    const message = `the index "${document.index}" is of format ${content.format}, not ${format}`
    throw generationFailure('product-index.generations-unreadable', message, { index: document.index })
  }
  return Object.freeze({
    async read() {
      const content = await readDocument<Content>(connection, document)
      return content && bookIn(content)
    },
    async begin(now: number) {
      await createIndex(connection, document.index, bookIndex(settings))
      await createDocument(connection, document, { format, book: bookOfFirst(firstEntry(now)) })
    },
    async change(change: (book: Book) => Book) {
      const changed = await changeDocument<Content>(connection, document, (content) => {
        const before = bookIn(content)
        const book = change(before)
        return book === before ? content : { format, book }
      })
      return changed.book
    },
  })
}
