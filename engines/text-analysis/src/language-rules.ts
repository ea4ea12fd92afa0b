import { stemmer as porter } from '@orama/stemmers/english'
import { stemmer as snowballPortuguese } from '@orama/stemmers/portuguese'
import { isStopWordOf } from './stop-words.ts'
import { compactString, createTermCache } from './term-cache.ts'

/** What differs between languages; everything else of the analysis goes by script. */
export interface LanguageRules {
  /** Primary subtag, or `und` for a language without rules of its own. */
  readonly language: string
  /** "1.500" is fifteen hundred and "1,500" one and a half. */
  readonly hasDecimalComma: boolean
  /** Stem of a folded word without digits, never empty; null for a word that is not stemmed. */
  stem(word: string): string | null
  /** Whose stems these are: stems of two languages may read alike and mean different things. */
  readonly stemmer: string
  isStopWord(word: string): boolean
}

/** Languages with a stemmer, bigrams or stop words of their own. Any other is analysed too: by script, unstemmed. */
export const SUPPORTED_LANGUAGES = Object.freeze(['en', 'pt', 'ko'] as const)

/**
 * Plurals whose stem Snowball leaves apart from the singular's, undone first as RSLP does (Orengo & Huyck, "A stemming
 * algorithm for the Portuguese language", SPIRE 2001, step 1); on folded words: televisões, papéis, lençóis, homens.
 */
const PORTUGUESE_PLURALS: readonly (readonly [ending: string, singular: string, shortest: number])[] = [
  ['oes', 'ao', 5],
  ['aes', 'ao', 4],
  ['ais', 'al', 5],
  ['eis', 'el', 5],
  ['ois', 'ol', 5],
  ['ns', 'm', 4],
]

function portugueseSingular(word: string): string {
  for (const [ending, singular, shortest] of PORTUGUESE_PLURALS) {
    if (word.length >= shortest && word.endsWith(ending)) return word.slice(0, -ending.length) + singular
  }
  return word
}

const SHORTEST_STEMMED = 3
const LONGEST_STEMMED = 40
/** Regular-expression stemmers take 1 to 10 microseconds a word: a query would be spent on them. */
const STEMS_REMEMBERED = 32_768
const ASCII_WORD = /^[a-z]+$/

type Stem = LanguageRules['stem']

/** Stemmers meet only plain words of natural length: their patterns are made for these, and stay linear on them. */
function stemming(stemmer: (word: string) => string): Stem {
  const stems = createTermCache<string>(STEMS_REMEMBERED / 2)
  return (word) => {
    if (word.length < SHORTEST_STEMMED || word.length > LONGEST_STEMMED || !ASCII_WORD.test(word)) return null
    const known = stems.get(word)
    if (known !== undefined) return known
    const stem = stemmer(word) || word
    stems.set(compactString(word), stem)
    return stem
  }
}

const english = stemming(porter)
const portuguese = stemming((word) => snowballPortuguese(portugueseSingular(word)))

function rules(language: string, stem: Stem, { stemmer = language, hasDecimalComma = false } = {}): LanguageRules {
  const isStopWord = (word: string): boolean => isStopWordOf(word, language)
  return Object.freeze({ language, hasDecimalComma, stem, stemmer, isStopWord })
}

const UNDETERMINED = rules('und', () => null)
const byLanguage = new Map<string, LanguageRules>([
  ['en', rules('en', english)],
  ['pt', rules('pt', portuguese, { hasDecimalComma: true })],
  // Latin words in Korean product texts are English words and brands.
  ['ko', rules('ko', english, { stemmer: 'en' })],
])

/** Rules of a language tag ("pt", "pt-BR", "PT_br"); a language not listed gets the rules of `und`. */
export function rulesOf(language: string): LanguageRules {
  const known = byLanguage.get(language)
  if (known !== undefined) return known
  const primary = language.split(/[-_]/, 1)[0] as string
  return byLanguage.get(primary.toLowerCase()) ?? UNDETERMINED
}
