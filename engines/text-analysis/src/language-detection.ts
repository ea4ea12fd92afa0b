import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { SUPPORTED_LANGUAGES } from './language-rules.ts'

export interface LanguageDetectionOptions {
  /** Languages that the text can be in (default: the supported ones). */
  readonly candidates?: readonly string[]
  /** The answer where the text does not say (default: the first candidate). */
  readonly fallback?: string
}

/** Fewer letters of the Latin script tell more of a brand than of a language ("Apple iPhone 11 Pro"). */
const FEWEST_LETTERS = 24
const MOST_CHARACTERS = 600
/** From this share of the letters on, a script speaks for its language: Korean titles are full of Latin brands. */
const LEAST_SCRIPT_SHARE = 0.1
/** How far ahead of the runner-up a language must be. */
const LEAST_LEAD = 1.1

/** Scripts of one language each; Han comes last, as Japanese uses it too. */
const SCRIPTS: readonly (readonly [language: string, letters: RegExp])[] = [
  ['ko', /\p{sc=Hangul}/gu],
  ['ja', /[\p{sc=Hiragana}\p{sc=Katakana}]/gu],
  ['th', /\p{sc=Thai}/gu],
  ['zh', /\p{sc=Han}/gu],
]

type NgramDetector = typeof import('eld/extrasmall')['eld']

let loaded: NgramDetector | undefined

/** The n-gram tables take 90 MB and 0.2 s: only a thread that meets a text of unknown language pays for them. */
function ngramDetector(): NgramDetector {
  if (loaded === undefined) {
    const path = fileURLToPath(import.meta.resolve('eld/extrasmall'))
    loaded = (createRequire(import.meta.url)(path) as typeof import('eld/extrasmall')).eld
  }
  return loaded
}

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0

function byScript(text: string, letters: number, candidates: readonly string[]): string | undefined {
  const found = SCRIPTS.find(([, script]) => count(text, script) >= LEAST_SCRIPT_SHARE * letters)
  return found === undefined || !candidates.includes(found[0]) ? undefined : found[0]
}

/** The candidate that the n-grams speak for, if they do so clearly and for no other language more. */
function byNgrams(text: string, candidates: readonly string[]): string | undefined {
  const scores = ngramDetector().detect(text).getScores()
  const [best, second] = candidates
    .map((language) => ({ language, score: scores[language] ?? 0 }))
    .sort((a, b) => b.score - a.score)
  if (best === undefined || best.score === 0) return undefined
  return best.score >= LEAST_LEAD * (second?.score ?? 0) ? best.language : undefined
}

/**
 * The language of a product's text: by script first, then, for texts of some length, by n-grams (ELD, Nito T.M.).
 * Conservative: a short or mixed text gets the fallback. Reads at most 600 characters. Never throws.
 */
export function detectLanguage(text: string, options: LanguageDetectionOptions = {}): string {
  const candidates = options.candidates ?? SUPPORTED_LANGUAGES
  const fallback = options.fallback ?? candidates[0] ?? 'und'
  const beginning = text.slice(0, MOST_CHARACTERS)
  const letters = count(beginning, /\p{L}/gu)
  if (letters === 0) return fallback
  const script = byScript(beginning, letters, candidates)
  if (script !== undefined) return script
  return letters < FEWEST_LETTERS ? fallback : (byNgrams(beginning, candidates) ?? fallback)
}
