import { failure } from './failures.ts'
import { columnIndex, type ResolvedSchema } from './schema.ts'

export interface IndexDocument {
  /** Unique; adding the same id again replaces the document. */
  readonly id: string
  /** Per field of the schema, in its order: the analysed terms in order of appearance. */
  readonly terms: readonly (readonly string[])[]
  /** Number columns. `null` is absent; one that is not named keeps the value of the document replaced. */
  readonly numbers?: Readonly<Record<string, number | null>>
  /** Keyword columns. `null` is absent; one that is not named keeps the value of the document replaced. */
  readonly keywords?: Readonly<Record<string, string | null>>
  /** Tag sets; what is not named is empty. */
  readonly tags?: Readonly<Record<string, readonly string[]>>
  /** Any bytes, given back by `stored`. */
  readonly stored: Uint8Array
}

/** New values for some columns of one document; `null` is absent. */
export interface ColumnUpdate {
  readonly numbers?: Readonly<Record<string, number | null>>
  readonly keywords?: Readonly<Record<string, string | null>>
}

export function checkColumns(schema: ResolvedSchema, id: string, update: ColumnUpdate): void {
  for (const name in update.numbers) {
    columnIndex(schema.numbers, name, 'number column')
    const value = update.numbers[name]
    if (value !== null && !Number.isFinite(value))
      throw failure('text-index.bad-document', `"numbers.${name}" of product "${id}" is not a finite number or null`)
  }
  for (const name in update.keywords) {
    columnIndex(schema.keywords, name, 'keyword column')
    const value = update.keywords[name]
    if (value !== null && (typeof value !== 'string' || !value.isWellFormed()))
      throw failure('text-index.bad-document', `"keywords.${name}" of product "${id}" is not well-formed text or null`)
  }
}

export function checkDocument(schema: ResolvedSchema, document: IndexDocument): void {
  const { id } = document
  if (typeof id !== 'string' || id === '' || !id.isWellFormed())
    throw failure('text-index.bad-document', `"id" must be well-formed text that is not empty: ${JSON.stringify(id)}`)
  if (document.terms.length !== schema.fields.length)
    throw failure(
      'text-index.bad-document',
      `"terms" of product "${id}" must have ${schema.fields.length} lists (${schema.fields.join(', ')}), not ${document.terms.length}`,
    )
  checkColumns(schema, id, document)
  for (const name in document.tags) {
    columnIndex(schema.tags, name, 'tag set')
    if (!document.tags[name]!.every((tag) => tag.isWellFormed()))
      throw failure('text-index.bad-document', `"tags.${name}" of product "${id}" holds ill-formed text`)
  }
}

/** How a number lies in its column: NaN is absent, and −0 is 0. */
export const columnNumber = (value: number | null): number => (value === null ? Number.NaN : value + 0)
