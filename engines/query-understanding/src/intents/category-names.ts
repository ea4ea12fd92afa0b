import type { CatalogueVocabulary } from '../vocabulary/catalogue-vocabulary.ts'
import { addEntry, type EntryTable } from './lexicon-entry.ts'
import { nameKey } from './query-token.ts'
import { isFunctionWord, isVague } from './query-words.ts'
import type { StemKeys } from './stem-keys.ts'

type Node = { path: readonly string[]; count: number; isLeaf: boolean }

const PARTS = / (?:&|and|e|y|및) |\s*[&,/·]\s*/
/** A part of a double name ("Bags & Luggage") is less surely meant than a whole one. */
const CONFIDENCE = { whole: 0.95, stem: 0.92, part: 0.75, upper: 0.9 } as const

const separator = '\u0000'

/** Every node of the tree, with the products below it. */
function* nodesOf(vocabulary: CatalogueVocabulary): Generator<void, readonly Node[]> {
  const nodes = new Map<string, Node>()
  let steps = 0
  for (const { path, count } of vocabulary.categories) {
    for (let depth = 1; depth <= path.length; depth++) {
      const part = path.slice(0, depth)
      const key = part.join(separator)
      const node = nodes.get(key)
      const isLeaf = depth === path.length
      if (node === undefined) nodes.set(key, { path: part, count, isLeaf })
      else {
        node.count += count
        node.isLeaf &&= isLeaf
      }
    }
    if (++steps % 200 === 0) yield
  }
  return [...nodes.values()]
}

/** Categories by their names' keys and stems, each part of a double name ("Bags & Luggage") as well. */
export function* addCategories(
  table: EntryTable,
  vocabulary: CatalogueVocabulary,
  stems: StemKeys,
): Generator<void, void> {
  const nodes = yield* nodesOf(vocabulary)
  let steps = 0
  for (const { path, count, isLeaf } of nodes) {
    const name = path.at(-1) as string
    const parts = name.split(PARTS).filter((part) => part !== '')
    const writings = parts.length > 1 && isLeaf ? [name, ...parts] : [name]
    for (const writing of writings) {
      const key = nameKey(writing)
      if (key === '' || isVague(key) || isFunctionWord(key) || /^[\d.,]+$/.test(key)) continue
      const isPart = writing !== name
      const factor = isLeaf ? 1 : CONFIDENCE.upper
      const common = {
        kind: 'category',
        value: path.join(' > '),
        count,
        ancestors: path.slice(0, -1).map(nameKey),
        reason: `category of ${count} product${count === 1 ? '' : 's'}`,
      } as const
      addEntry(table, key, { ...common, confidence: factor * (isPart ? CONFIDENCE.part : CONFIDENCE.whole) })
      for (const stem of stems.ofText(writing))
        addEntry(table, stem, {
          ...common,
          writing: key,
          confidence: factor * (isPart ? CONFIDENCE.part : CONFIDENCE.stem),
        })
    }
    if (++steps % 10 === 0) yield
  }
}
