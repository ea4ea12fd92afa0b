import { foldText } from '@eip/engine-text-analysis'
import { type CatalogueVocabulary, vocabularyLimits } from '../vocabulary/catalogue-vocabulary.ts'
import { hasDigit, hasHangul, hasLatin, wordTokens } from '../vocabulary/word-token.ts'
import { letterNames } from './letter-names.ts'
import { soundDistance } from './sound-distance.ts'
import { hangulSkeleton, latinSkeleton, skeletonKeys } from './sound-skeleton.ts'
import { soundsOf } from './sound-table.ts'

/** A brand of the catalogue in the other script. */
export type Transliteration = Readonly<{ text: string; confidence: number; products: number }>

export interface Transliterator {
  /** The catalogue's writing of a name in the other script (folded words), the likeliest first; at most three. */
  read(name: string): Transliteration[]
}

/** A name of the catalogue: a brand, or the first word of one, in one script. */
type Name = Readonly<{ text: string; products: number; sounds: string; spoken: readonly string[]; initialism: string }>

/** Accepted up to this cost for each sound, and so much on top; measured on the development half of the name pairs. */
const COST_OF_A_SOUND = 0.1
const COST_OF_A_NAME = 0.15
/** Names of fewer sounds or letters meet by chance. */
const FEWEST_SOUNDS = 3
const FEWEST_LETTERS = 3
/** How much nearer than the runner-up: below that both are likely, and neither is certain. */
const MARGIN = 0.35
const MOST_COMPARED = 200
/** A sound is written with half a letter (the vowel that Hangul puts between consonants) to two; some letters are silent. */
const LETTERS_OF_A_SOUND = [0.5, 2] as const
const LETTERS_BESIDES = 2
const MOST_ANSWERED = 3
const SHOWN_BY_BRAND = 0.97
const SHOWN_BY_TITLES = 0.95
const SPELT_OUT = 0.9
const BEST_BY_SOUND = 0.92
/** How fast an inexact sound becomes doubtful. */
const COST_TO_DOUBT = 4
const NAMES_A_SLICE = 30
/** Words that are written short and spoken long. */
const SPOKEN: Readonly<Record<string, string>> = { dr: 'doctor', mr: 'mister', st: 'saint', '&': 'and' }

const mostCost = (sounds: number): number => COST_OF_A_NAME + COST_OF_A_SOUND * sounds

/**
 * Ways to speak a Latin name, as letters alone: "Dr. Martens" is doctormartens, "The North Face" northface or all of it,
 * "Kellogg's" kellogg or with its s. At most four, and none where there is no letter of the Latin alphabet.
 */
function spokenLatin(name: string): string[] {
  const words = foldText(name)
    .replace(/&/g, ' & ')
    .split(/[^\p{L}&']+/u)
  const whole = words.map((word) => SPOKEN[word] ?? word).join('')
  const spoken = new Set([whole, whole.replace(/'s$/, '')])
  for (const each of [...spoken]) if (words[0] === 'the' && words.length > 1) spoken.add(each.slice('the'.length))
  return Array.from(spoken, (each) => each.replace(/[^a-z]/g, '')).filter((each) => each !== '')
}

/** The letters and "&" of a short name, which may be spelt out. */
const initialism = (name: string): string => foldText(name).replace(/[^a-z&]/g, '')

const wordsOf = (name: string): string =>
  wordTokens(name)
    .map(({ text }) => text)
    .join(' ')

/** Names of brands in one script, with the first words of those that have several; at most the vocabulary's limit. */
function* namesOf(vocabulary: CatalogueVocabulary): Generator<void, Map<string, Name>> {
  const products = new Map<string, number>()
  let work = 0
  for (const { value, count } of vocabulary.brands.slice(0, vocabularyLimits.brands)) {
    if (++work % NAMES_A_SLICE === 0) yield
    const isInOneScript = hasHangul(value) !== hasLatin(value)
    if (!isInOneScript) continue
    products.set(value, (products.get(value) ?? 0) + count)
    const [first = '', ...others] = wordsOf(value).split(' ')
    if (others.length > 0 && first !== 'the') products.set(first, (products.get(first) ?? 0) + count)
  }
  const names = new Map<string, Name>()
  for (const [value, count] of products) {
    if (++work % NAMES_A_SLICE === 0) yield
    const text = wordsOf(value)
    if (hasDigit(text) || text === '' || names.has(text)) continue
    const [sounds, spoken, letters] = hasHangul(text)
      ? [soundsOf(text), [], '']
      : ['', spokenLatin(value), initialism(value)]
    names.set(text, { text, products: count, sounds, spoken, initialism: letters })
  }
  return names
}

/** Sound pairs that titles propose are believed only where the sounds agree. */
function agree(hangul: string, latin: string): boolean {
  const sounds = soundsOf(hangul)
  const most = mostCost(sounds.length)
  return sounds.length > 0 && spokenLatin(latin).some((spoken) => soundDistance(sounds, spoken, most) <= most)
}

/**
 * Reads names across Hangul and Latin: first by pairs that the catalogue shows, then by letters spelt out, then by sound
 * among the brands of the other script. By sound: brands with a like skeleton are aligned (some 5 µs each, at most 200),
 * and a brand is taken when its cost is low for its length; it is less certain the nearer the runner-up.
 */
export function* buildTransliterator(vocabulary: CatalogueVocabulary): Generator<void, Transliterator> {
  const names = yield* namesOf(vocabulary)
  const shown = new Map<string, Transliteration[]>()
  let hasLatinNames = false
  let hasHangulNames = false
  const note = (text: string): void => {
    if (hasHangul(text)) hasHangulNames = true
    else hasLatinNames = true
  }
  const show = (from: string, text: string, confidence: number, products: number): void => {
    note(text)
    const key = from.replaceAll(' ', '')
    const known = shown.get(key) ?? []
    if (!known.some((other) => other.text === text)) shown.set(key, [...known, { text, confidence, products }])
  }
  let work = 0
  for (const { hangul, latin, count, isBrand } of vocabulary.scriptPairs ?? []) {
    if (++work % NAMES_A_SLICE === 0) yield
    if (!isBrand && !agree(hangul, latin)) continue
    const confidence = isBrand ? SHOWN_BY_BRAND : SHOWN_BY_TITLES
    show(hangul, latin, confidence, names.get(latin)?.products ?? count)
    show(latin, hangul, confidence, names.get(hangul)?.products ?? count)
  }
  const bySkeleton = new Map<string, Name[]>()
  for (const name of names.values()) {
    if (++work % NAMES_A_SLICE === 0) yield
    note(name.text)
    for (const spelled of letterNames(name.initialism)) show(spelled, name.text, SPELT_OUT, name.products)
    for (const key of keysOf(name.sounds, name.spoken)) {
      const alike = bySkeleton.get(key)
      if (alike === undefined) bySkeleton.set(key, [name])
      else alike.push(name)
    }
  }
  return Object.freeze({
    read(name: string): Transliteration[] {
      // A catalogue of one script has no name to offer in the other.
      if (!(hasHangul(name) ? hasLatinNames : hasHangulNames)) return []
      const text = wordsOf(name)
      if (text === '' || hasDigit(text) || hasHangul(text) === hasLatin(text)) return []
      const known = shown.get(text.replaceAll(' ', ''))
      if (known !== undefined) return known.slice(0, MOST_ANSWERED)
      const [sounds, spoken] = hasHangul(text) ? [soundsOf(text), []] : ['', spokenLatin(name)]
      for (const spelled of letterNames(initialism(name))) {
        const brand = names.get(spelled)
        if (brand !== undefined) return [{ text: brand.text, confidence: SPELT_OUT, products: brand.products }]
      }
      return nearest(likeSounding(bySkeleton, sounds, spoken), sounds, spoken)
    },
  })
}

/** Keys under which a name is filed, by its script. */
function keysOf(sounds: string, spoken: readonly string[]): string[] {
  if (sounds !== '') return skeletonKeys(hangulSkeleton(sounds)).map((key) => `ㅎ${key}`)
  return [...new Set(spoken.flatMap((latin) => skeletonKeys(latinSkeleton(latin))))]
}

function isOfLikeLength(sounds: string, latin: string): boolean {
  const [fewest, most] = LETTERS_OF_A_SOUND
  return latin.length >= fewest * sounds.length - 1 && latin.length <= most * sounds.length + LETTERS_BESIDES
}

/** Names of the other script whose skeleton differs by one class at most; exactly alike ones first. */
function likeSounding(
  filed: ReadonlyMap<string, readonly Name[]>,
  sounds: string,
  spoken: readonly string[],
): Set<Name> {
  const found = new Set<Name>()
  for (const key of keysOf(sounds, spoken)) {
    for (const name of filed.get(sounds === '' ? `ㅎ${key}` : key.slice(1)) ?? []) {
      if (found.size >= MOST_COMPARED) return found
      const [heard, written] = sounds === '' ? [name.sounds, spoken] : [sounds, name.spoken]
      if (written.some((latin) => isOfLikeLength(heard, latin))) found.add(name)
    }
  }
  return found
}

/** The names that sound nearest, by Hangul sounds or by Latin readings, whichever the typed name has. */
function nearest(candidates: ReadonlySet<Name>, sounds: string, spoken: readonly string[]): Transliteration[] {
  const found: { name: Name; cost: number }[] = []
  for (const name of candidates) {
    const heard = sounds === '' ? name.sounds : sounds
    const written = (sounds === '' ? spoken : name.spoken).filter((latin) => latin.length >= FEWEST_LETTERS)
    if (heard.length < FEWEST_SOUNDS || written.length === 0) continue
    const most = mostCost(heard.length)
    const cost = Math.min(...written.map((latin) => soundDistance(heard, latin, most)))
    if (cost <= most) found.push({ name, cost: cost / heard.length })
  }
  found.sort((a, b) => a.cost - b.cost || b.name.products - a.name.products || (a.name.text < b.name.text ? -1 : 1))
  const best = found[0]
  if (best === undefined) return []
  const [, second] = found
  const lead = second === undefined ? 1 : (second.cost - best.cost) / (COST_OF_A_SOUND * MARGIN)
  return found.slice(0, MOST_ANSWERED).map(({ name, cost }, rank) => {
    const nearness = BEST_BY_SOUND - cost * COST_TO_DOUBT
    const share = rank === 0 ? 0.6 + 0.4 * Math.min(1, lead) : 0.5 * Math.exp(-(cost - best.cost) / COST_OF_A_SOUND)
    return { text: name.text, confidence: Math.max(0.05, nearness * share), products: name.products }
  })
}
