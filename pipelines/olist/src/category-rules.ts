import { fileURLToPath } from 'node:url'
import { categoryPathSeparator } from '@eip/contracts'
import { columnPositions, readCsv } from '@eip/pipeline-products'

/** Which categories of a catalogue a category of Olist goes to: by the beginning of their path, else by words in it. */
export type CategoryRule = Readonly<{ category: string; prefixes: readonly string[]; words: readonly string[] }>

const ownFile = fileURLToPath(new URL('../categories.csv', import.meta.url))
const columns = ['category', 'prefixes', 'words']
const listOf = (text = '') =>
  text
    .split('|')
    .map((each) => each.trim())
    .filter((each) => each !== '')

/** The rules of `categories.csv`. */
export async function categoryRules(file = ownFile): Promise<readonly CategoryRule[]> {
  const rules: CategoryRule[] = []
  let positions: readonly number[] | null = null
  for await (const { records } of readCsv(file))
    for (const { fields } of records) {
      if (fields === null) continue
      positions ??= columnPositions(fields, columns)
      const [category = '', prefixes, words] = positions.map((position) => fields[position])
      if (category !== 'category') rules.push({ category, prefixes: listOf(prefixes), words: listOf(words) })
    }
  return rules
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Matches a text, in lower case, that has one of the words, in the singular or plural; null where there are none. */
export const wordsPattern = ({ words }: CategoryRule): string | null =>
  words.length === 0 ? null : `\\b(${words.map((word) => escaped(word.toLowerCase())).join('|')})(s|es)?\\b`

/** Matches a path, in lower case, that begins with the names of one of the prefixes; null where there are none. */
export const prefixPattern = ({ prefixes }: CategoryRule): string | null =>
  prefixes.length === 0
    ? null
    : `^(${prefixes.map((prefix) => escaped(prefix.toLowerCase())).join('|')})($|${escaped(categoryPathSeparator)})`
