import type { CatalogueVocabulary } from '@eip/engine-query-understanding'
import type { VocabularyPart } from './native.messages.ts'

/** Entries of a part: a fraction of a millisecond for whoever reads it. Attributes weigh as much as their values. */
const entriesOfPart = 500

/** Cuts a vocabulary into parts that together are the whole. */
export function* vocabularyParts(vocabulary: CatalogueVocabulary): Generator<VocabularyPart, void> {
  for (const [name, entries] of Object.entries(vocabulary)) {
    if (!Array.isArray(entries)) continue
    const size = name === 'attributes' ? 1 : entriesOfPart
    for (let at = 0; at < entries.length; at += size)
      yield { part: { [name]: entries.slice(at, at + size) }, isLast: false }
  }
  yield { part: { products: vocabulary.products }, isLast: true }
}

/** Asks for part after part, each in a turn of its own, and puts them together. */
export async function receiveVocabulary(ask: (part: number) => Promise<VocabularyPart>): Promise<CatalogueVocabulary> {
  const lists: Record<string, unknown[]> = {
    ...{ brands: [], categories: [], attributes: [], words: [], phrases: [], currencies: [] },
  }
  const take = (name: string, entries: readonly unknown[]) => {
    const list = lists[name] ?? []
    for (const entry of entries) list.push(entry)
    lists[name] = list
  }
  for (let number = 0; ; number++) {
    const { part, isLast } = await ask(number)
    for (const [name, entries] of Object.entries(part)) if (Array.isArray(entries)) take(name, entries)
    if (isLast) return Object.freeze({ ...lists, products: part.products }) as CatalogueVocabulary
  }
}
