import { createHash } from 'node:crypto'
import type { Product } from '@eip/contracts'
import { groupHead, type IndexDocument } from '@eip/engine-text-index'
import { contentHash } from '../content-hash.ts'
import { attributeSet, textFieldNames } from '../product-document.ts'
import type { NumberColumn } from '../product-index.port.ts'
import type { ColumnChange, ProductChange } from '../product-index-writer.port.ts'
import type { Json } from './opensearch.names.ts'

/** Ends the name of an attribute, where its values begin. */
const separator = groupHead('')

/** Products are counted by samples where there are too many to read: each has a number below this, told from its id. */
export const sampleRange = 65_536

const sampleOf = (id: string): number => createHash('sha256').update(id).digest().readUInt16LE()

const present = <Value>(columns: Readonly<Record<string, Value | null | undefined>> | undefined): Json =>
  Object.fromEntries(Object.entries(columns ?? {}).filter(([, value]) => value !== null && value !== undefined))

/** What the cluster holds of a product that can be found: the same terms as the native engine's, joined by spaces. */
export function activeDocument(product: Product, version: number, document: IndexDocument): Json {
  const attributes = document.tags?.[attributeSet] ?? []
  const isHead = (tag: string) => tag.indexOf(separator) === tag.length - 1
  return {
    id: product.id,
    version,
    hash: contentHash(product),
    active: true,
    sample: sampleOf(product.id),
    terms: Object.fromEntries(textFieldNames.map((field, at) => [field, document.terms[at]!.join(' ')])),
    numbers: present(document.numbers),
    keywords: present(document.keywords),
    tags: {
      category: document.tags?.category ?? [],
      attribute: attributes.filter((tag) => !isHead(tag)),
      attributeName: attributes.filter(isHead).map((head) => head.slice(0, -1)),
    },
    readable: {
      title: product.title,
      ...(product.brand !== null && { brand: product.brand }),
      category: product.categoryPath,
    },
    shown: JSON.parse(Buffer.from(document.stored!).toString('utf8')),
  }
}

/** What is left of a product that was deleted or is not for sale: nothing that could be found, its version, and of one that is there the hash. */
export const inactiveDocument = ({ id, version, product }: ProductChange): Json => ({
  id,
  version,
  ...(product !== null && { hash: contentHash(product) }),
  active: false,
})

/** Columns that no product carries itself: a product's next change leaves them as their owner has set them. */
export const foreignColumns: readonly NumberColumn[] = Object.freeze(['availability'])

/**
 * Takes a document only if it is newer than the one that is there. It runs where the document lies, so that any number
 * of writers may try at once.
 */
export const applyScript: Json = Object.freeze({
  lang: 'painless',
  source: [
    'def held = ctx._source;',
    'if (held.version != null && held.version >= params.document.version) { ctx.op = "none"; return; }',
    'def kept = new HashMap();',
    'if (held.active == true && params.document.active) {',
    '  for (def name : params.foreign) { if (held.numbers[name] != null) kept[name] = held.numbers[name]; }',
    '}',
    'held.clear();',
    'held.putAll(params.document);',
    'if (!kept.isEmpty()) { def numbers = new HashMap(held.numbers); numbers.putAll(kept); held.numbers = numbers; }',
  ].join('\n'),
})

/** Changes what is named, of a product that can be found. */
export const columnsScript: Json = Object.freeze({
  lang: 'painless',
  source: [
    'if (ctx._source.active != true) { ctx.op = "none"; return; }',
    'for (def part : params.columns.entrySet()) {',
    '  def held = ctx._source[part.getKey()];',
    '  for (def column : part.getValue().entrySet()) {',
    '    if (column.getValue() == null) held.remove(column.getKey());',
    '    else held[column.getKey()] = column.getValue();',
    '  }',
    '}',
  ].join('\n'),
})

export const columnsOf = ({ numbers, keywords }: ColumnChange): Json => ({
  ...(numbers && { numbers }),
  ...(keywords && { keywords }),
})
