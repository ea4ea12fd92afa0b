import { type NameWord, nameWords } from './name-words.ts'

/** A thing that can be asked for: all products of one brand whose names have the same words are one item. */
export type Item = Readonly<{ brand: string; words: readonly NameWord[]; productIds: readonly string[] }>

type Named = Readonly<{ id: string; title: string; brand: string }>

/** Joins products that no query could tell apart, in the order of their first. O(length of all names). */
export function itemsOf(products: Iterable<Named>): readonly Item[] {
  const items = new Map<string, { brand: string; words: readonly NameWord[]; productIds: string[] }>()
  for (const { id, title, brand } of products) {
    const words = nameWords(title)
    const key = `${brand}\n${words.map(({ text }) => text).join(' ')}`
    const item = items.get(key)
    if (item === undefined) items.set(key, { brand, words, productIds: [id] })
    else item.productIds.push(id)
  }
  return [...items.values()]
}

/**
 * Tells whether words name one item. A word is found wherever its letters stand together in brand and name, spaces not
 * counting ("패딩" in "롱 패딩" and "롱패딩"): whoever takes words apart otherwise finds no rival that is not counted here.
 * One pass over all names for each new word.
 */
export function itemFinder(items: readonly Item[]) {
  const texts = items.map(({ brand, words }) => `${compact(brand)}|${words.map(({ text }) => text).join('')}`)
  const known = new Map<string, ReadonlySet<number>>()
  const itemsWith = (word: string): ReadonlySet<number> => {
    const before = known.get(word)
    if (before !== undefined) return before
    const found = new Set<number>()
    for (const [index, text] of texts.entries()) if (text.includes(word)) found.add(index)
    known.set(word, found)
    return found
  }
  const itemsWithAll = (words: readonly string[]): readonly number[] => {
    const [rarest, ...others] = words.map((word) => itemsWith(compact(word))).sort((a, b) => a.size - b.size)
    return [...(rarest ?? [])].filter((index) => others.every((found) => found.has(index)))
  }
  return Object.freeze({
    /** How many items have all of the words in brand and name; all items, where there are no words. */
    count: (words: readonly string[]) => (words.length === 0 ? items.length : itemsWithAll(words).length),
    /** Whether no other item has all of the words in its brand and name. */
    areOnlyIn: (words: readonly string[], item: Item) => itemsWithAll(words).every((index) => items[index] === item),
  })
}

export type ItemFinder = ReturnType<typeof itemFinder>

const compact = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/\s/g, '')
