import type { Random } from '@eip/kernel'
import type { Item, ItemFinder } from './item-finder.ts'
import type { NameWord } from './name-words.ts'
import { typingSlip } from './typing-slip.ts'

/** Writes a query for an item, or null where the item cannot be asked for in this way. */
export type WriteQuery = (item: Item, random: Random) => string | null

/** Brand and name words of a query, in the order in which they are typed; `brand` is '' where it is left out. */
type Asked = Readonly<{ brand: string; words: readonly string[] }>

const namingOf = (brand: string): readonly string[] => (brand === '' ? [] : brand.toLowerCase().split(/\s+/))
const textsOf = (words: readonly NameWord[]) => words.map(({ text }) => text)

/** The thing and its colour stand at the end of a name: "다운 파카 블랙". */
const keptAtEnd = 2

/**
 * Words that name the item and nothing else: what the thing is called, and only if that is not enough its codes and then
 * the shop's notes. Of long names some words are left out, as long as the others suffice, down to three or four. Every
 * other query begins with the brand; so do those that need it. Null if even all words do not tell the item apart.
 */
function asked(item: Item, finder: ItemFinder, random: Random): Asked | null {
  const most = 3 + random.integer(2)
  const brands = random.integer(2) === 0 ? [item.brand] : ['', item.brand]
  const withRoles = (...roles: readonly NameWord['role'][]) => item.words.filter(({ role }) => roles.includes(role))
  const selections = [withRoles('telling'), withRoles('telling', 'code'), item.words]
  for (const words of selections)
    for (const brand of brands) {
      const naming = namingOf(brand)
      const namesItem = (kept: readonly NameWord[]) => finder.areOnlyIn([...naming, ...textsOf(kept)], item)
      if (words.length > 0 && words.length + naming.length > 1 && namesItem(words))
        return { brand, words: textsOf(shortened(words, most, namesItem, random)) }
    }
  return null
}

function shortened(
  words: readonly NameWord[],
  most: number,
  namesItem: (kept: readonly NameWord[]) => boolean,
  random: Random,
): readonly NameWord[] {
  let kept = words
  const open = words.slice(0, -keptAtEnd)
  while (kept.length > most && open.length > 0) {
    const [left] = open.splice(random.integer(open.length), 1)
    const without = kept.filter((word) => word !== left)
    if (namesItem(without)) kept = without
  }
  return kept
}

const typed = ({ brand, words }: Asked): readonly string[] => {
  const naming = namingOf(brand)
  return [...naming, ...words.filter((word) => !naming.includes(word))]
}

/** A list of ten holds them all, however they are ordered. */
const shortList = 10

/** All spaces are left out: "커버낫롱다운파카블랙". */
export const withoutSpaces =
  (finder: ItemFinder): WriteQuery =>
  (item, random) => {
    const query = asked(item, finder, random)
    const words = query === null ? [] : typed(query)
    return words.length < 2 ? null : words.join('')
  }

const slipTries = 20

/**
 * One word has one slip of the keyboard, and most often one that matters: whose loss would leave more items than a short
 * list holds. Words of one letter are too short to slip in; a slip in a number is another number, which nobody could
 * tell; and a slip that asks for another item is no slip.
 */
export const withTypo =
  (finder: ItemFinder): WriteQuery =>
  (item, random) => {
    const query = asked(item, finder, random)
    if (query === null) return null
    const words = typed(query)
    const open = [...words.keys()].filter((place) => /^\p{L}{2,}$/u.test(words[place] as string))
    const needed = open.filter((place) => finder.count(words.toSpliced(place, 1)) > shortList)
    const places = needed.length > 0 ? needed : open
    for (let tries = 0; tries < slipTries && places.length > 0; tries++) {
      const place = random.pick(places)
      const slipped = typingSlip(words[place] as string, random)
      if (slipped === null) continue
      const wrong = words.with(place, slipped)
      if (finder.areOnlyIn(wrong, item)) return wrong.join(' ')
    }
    return null
  }

const spanLengths = [1, 2, 3]
/** In letters: one letter, or a number of two digits, is no name. */
const shortestSpan = 3

/**
 * The brand in the other script and one to three neighbouring words of the name: "covernat 롱 다운 파카". Where there
 * are words that without their brand would name more items than a short list holds, or at least several, they are taken:
 * otherwise the brand is no part of the question.
 */
export const withBrandInOtherScript =
  (finder: ItemFinder, otherScript: ReadonlyMap<string, string>): WriteQuery =>
  (item, random) => {
    const brand = otherScript.get(item.brand)
    if (brand === undefined) return null
    const naming = namingOf(item.brand)
    const telling = item.words.filter(({ role, text }) => role === 'telling' && !naming.includes(text))
    const spans = telling
      .flatMap((_, start) =>
        spanLengths.flatMap((length) =>
          start + length > telling.length ? [] : [telling.slice(start, start + length)],
        ),
      )
      .map(textsOf)
      .filter((words) => words.join('').length >= shortestSpan)
      .filter((words) => finder.areOnlyIn([...naming, ...words], item))
    const needing = (least: number) => spans.filter((words) => finder.count(words) > least)
    const chosen = [needing(shortList), needing(1), spans].find((some) => some.length > 0)
    return chosen === undefined ? null : [brand, ...random.pick(chosen)].join(' ')
  }
