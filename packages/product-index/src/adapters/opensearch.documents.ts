import { createHash } from 'node:crypto'
import type { Product } from '@eip/contracts'
import { groupHead, type IndexDocument } from '@eip/engine-text-index'
import { contentHash } from '../content-hash.ts'
import { allOwnedColumns, ownedNumbersOf } from '../owned-columns.ts'
import { attributeSet, textFieldNames } from '../product-document.ts'
import type { OwnedChange, ProductChange } from '../product-index-writer.port.ts'
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

/**
 * What is left of a product that was deleted or is not for sale: nothing that could be found, its version, and of one that is
 * there the hash. What owners of columns said of it stays.
 */
export const inactiveDocument = ({ id, version, product }: ProductChange): Json => ({
  id,
  version,
  ...(product !== null && { hash: contentHash(product) }),
  active: false,
})

/**
 * Takes a document only if it is newer than the one that is there, and leaves what owners of columns said of it. It runs where
 * the document lies, so that any number of writers may try at once.
 */
const applySource = [
  'def held = ctx._source;',
  'if (held.version != null && held.version >= params.document.version) { ctx.op = "none"; return; }',
  'def owned = held.owned;',
  'def numbers = new HashMap();',
  'if (owned != null && held.numbers != null) {',
  '  for (def name : params.owned) { if (held.numbers[name] != null) numbers[name] = held.numbers[name]; }',
  '}',
  'held.clear();',
  'held.putAll(params.document);',
  'if (owned == null) return;',
  'held.owned = owned;',
  'if (held.numbers != null) numbers.putAll(held.numbers);',
  'held.numbers = numbers;',
].join('\n')

export const applyScript = (document: Json): Json => ({
  ...{ lang: 'painless', source: applySource },
  params: { document, owned: allOwnedColumns },
})

/**
 * Takes of each owner what is newer than it said before. A product that never came gets a document without a version, which is
 * found by nothing but its id.
 */
const columnsSource = [
  'def held = ctx._source;',
  'def isNews = false;',
  'for (def change : params.changes) {',
  '  def version = held.owned == null ? null : held.owned[change.owner];',
  '  if (version != null && version >= change.version) continue;',
  '  isNews = true;',
  '  if (held.id == null) { held.id = params.id; held.active = false; }',
  '  if (held.owned == null) held.owned = new HashMap();',
  '  if (held.numbers == null) held.numbers = new HashMap();',
  '  held.owned[change.owner] = change.version;',
  '  for (def column : change.numbers.entrySet()) {',
  '    if (column.getValue() == null) held.numbers.remove(column.getKey());',
  '    else held.numbers[column.getKey()] = column.getValue();',
  '  }',
  '}',
  'if (!isNews) ctx.op = "none";',
].join('\n')

/** The changes are of one product. */
export const columnsScript = (id: string, changes: readonly OwnedChange[]): Json => ({
  ...{ lang: 'painless', source: columnsSource },
  params: {
    id,
    changes: changes.map((change) => ({
      ...{ owner: change.owner, version: change.version, numbers: ownedNumbersOf(change) },
    })),
  },
})
