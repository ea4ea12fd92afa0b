import type { Lexeme } from './lexer.ts'

/** Lexemes `first..last` of a chunk that are one name written with joining signs, and that name without them. */
export interface Compound {
  readonly first: number
  readonly last: number
  readonly text: string
  /** Only a joined form without digits is a word, and stemmed. */
  readonly isWord: boolean
  /** Parts that are terms by themselves; of "u.s.a" none is, of "l'oreal" only the last. */
  readonly hasPart: (index: number) => boolean
}

const MOST_PARTS = 6
const MOST_WORDS = 3
const LONGEST_NAME = 40
const SHORT_PART = 2
const LONGEST_SUFFIX = 3
const FEWEST_DIGITS_OF_A_NUMBER_NAME = 7

const ALWAYS = (): boolean => true

function joins(lexeme: Lexeme, next: Lexeme, afterNext: Lexeme | undefined): boolean {
  if (next.joint === 'break' || next.joint === 'touch' || next.joint === 'x') return false
  if (next.joint === '/' && !isSlashedPair(lexeme, next, afterNext)) return false
  return isJoinable(lexeme) && isJoinable(next)
}

/** Measures and fractions are no parts of names, and runs of ideographs are found by their bigrams. */
const isJoinable = (lexeme: Lexeme): boolean =>
  lexeme.kind !== 'cjk' && lexeme.unit === undefined && !lexeme.text.includes('/')

/** "a/c" is a name; "black/white" is a choice, "b/g/n" a list. */
const isSlashedPair = (lexeme: Lexeme, next: Lexeme, afterNext: Lexeme | undefined): boolean =>
  isShort(lexeme) && isShort(next) && lexeme.joint === 'break' && (afterNext?.joint ?? 'break') === 'break'

const isShort = (lexeme: Lexeme): boolean => lexeme.kind === 'word' && lexeme.text.length <= SHORT_PART

/** Whether a run of parts is a name: the rules of DESIGN.md, "Compounds". */
function isName(parts: readonly Lexeme[]): boolean {
  if (parts.length < 2 || parts.length > MOST_PARTS) return false
  const joints = parts.slice(1).map((part) => part.joint)
  if (joints.includes('/')) return true
  if (parts.every((part) => part.kind === 'number')) {
    return parts.reduce((digits, part) => digits + part.text.length, 0) >= FEWEST_DIGITS_OF_A_NUMBER_NAME
  }
  if (parts.some((part) => part.kind !== 'word')) return true
  if (isAcronym(parts)) return true
  if (joints.includes('.')) return parts.length === 2 && parts.some((part) => part.text.length <= LONGEST_SUFFIX)
  return parts.length <= MOST_WORDS
}

const isAcronym = (parts: readonly Lexeme[]): boolean =>
  parts.every((part, i) => part.text.length === 1 && (i === 0 || part.joint === '.'))

function partsOf(parts: readonly Lexeme[], first: number): (index: number) => boolean {
  if (isAcronym(parts)) return () => false
  if (parts.some((part, i) => i > 0 && part.joint === "'")) {
    return (index) => (parts[index - first] as Lexeme).text.length > 1
  }
  return ALWAYS
}

/** The names among a chunk's lexemes, in order, none overlapping. O(lexemes). */
export function findCompounds(lexemes: readonly Lexeme[]): Compound[] {
  const compounds: Compound[] = []
  let first = 0
  for (let i = 0; i < lexemes.length; i++) {
    const next = lexemes[i + 1]
    if (next !== undefined && joins(lexemes[i] as Lexeme, next, lexemes[i + 2])) continue
    if (i > first && i - first < MOST_PARTS) {
      const parts = lexemes.slice(first, i + 1)
      const text = parts.map((part) => part.text).join('')
      if (text.length <= LONGEST_NAME && isName(parts)) {
        compounds.push({ first, last: i, text, isWord: isWordName(parts), hasPart: partsOf(parts, first) })
      }
    }
    first = i + 1
  }
  return compounds
}

const isWordName = (parts: readonly Lexeme[]): boolean => parts.every((part) => part.kind === 'word')
