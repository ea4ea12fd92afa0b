import { type AnalyzedQuery, type Analyzer, type QueryClause, SUPPORTED_LANGUAGES } from '@eip/engine-text-analysis'
import { hasDigit, wordTokens } from '../vocabulary/word-token.ts'
import { synonymLimits } from './check-synonyms.ts'
import { type Replacement, readingOf, surfaceOf, withReadings } from './clause-merge.ts'
import { meaningGraph, reachOf, type SynonymRule } from './synonym-rule.ts'

/** A rule that a query met: what the shopper said and what it means as well. */
export type AppliedSynonym = Readonly<{ rule: string; surface: string; added: readonly string[] }>

/** A word of the rules as a query would hold it, and what it means. */
interface Side {
  /** For each of its clauses, the terms that tell it: the word and its stems in any language. */
  readonly clauses: readonly ReadonlySet<string>[]
  readonly isIdeographic: boolean
  readonly characters: number
  /** Meant words with the rule that adds each. */
  readonly meanings: ReadonlyMap<string, string>
}

/** Rules made ready for queries. */
export interface CompiledSynonyms {
  readonly analyzer: Analyzer
  /** Words of rules that may begin as the term does, those of most clauses first. Analysed when first asked for. */
  sidesLike(term: string): readonly Side[]
}

/** A word or its stem tells a word of a rule; what is only near to it (a neighbour's joined form) does not. */
const LEAST_TELLING_BOOST = 0.8
const SYNONYM_BOOST = 0.8
const SIGNS = /[^\p{L}\p{M}\p{N}]+/gu

const tellingTerms = ({ terms }: QueryClause): string[] =>
  terms.filter(({ boost }) => boost >= LEAST_TELLING_BOOST).map(({ term }) => term)

/**
 * Two letters under which words and terms meet: a stemmer leaves the beginning, and signs are written or not. Of a number
 * one digit: its unit may be a sign (7') or a word.
 */
function beginningOf(text: string): string {
  const letters = text.replace(SIGNS, '')
  return letters.slice(0, hasDigit(letters.slice(0, 1)) ? 1 : 2)
}

/** Beginnings that the terms of a word's first clause may have: of each part, and of parts that signs join ("u.s.a."). */
function beginningsOf(word: string): Set<string> {
  const parts = wordTokens(word)
  const joined = word.slice(parts[0]?.start)
  return new Set([joined, ...parts.map(({ text }) => text)].map(beginningOf).filter((beginning) => beginning !== ''))
}

/**
 * Makes rules ready; they must be without faults (`checkSynonyms`), and faulty ones do no more than add nonsense. Chains
 * are followed: with a→b and b→c, a means both. O(words of the rules): some 10 ms for a full set, since a word is analysed
 * (some 30 µs) only when a query first begins like it.
 */
export function compileSynonyms(rules: readonly SynonymRule[], analyzer: Analyzer): CompiledSynonyms {
  const arrows = meaningGraph(rules)
  const waiting = new Map<string, string[]>()
  for (const word of arrows.keys()) {
    for (const beginning of beginningsOf(word)) {
      const alike = waiting.get(beginning)
      if (alike === undefined) waiting.set(beginning, [word])
      else alike.push(word)
    }
  }
  const ready = new Map<string, readonly Side[]>()
  const sideOf = (word: string): Side => {
    const { clauses } = analyzer.analyzeQuery(word, { languages: SUPPORTED_LANGUAGES })
    return {
      clauses: clauses.map((clause) => new Set(tellingTerms(clause))),
      isIdeographic: clauses.every(({ kind }) => kind === 'cjk'),
      characters: word.length,
      meanings: reachOf(word, arrows, synonymLimits.reach),
    }
  }
  return Object.freeze({
    analyzer,
    sidesLike(term: string): readonly Side[] {
      const beginning = beginningOf(term)
      const known = ready.get(beginning)
      if (known !== undefined) return known
      const words = waiting.get(beginning)
      if (words === undefined) return []
      const sides = words.map(sideOf).filter(({ clauses, meanings }) => clauses.length > 0 && meanings.size > 0)
      sides.sort((a, b) => b.clauses.length - a.clauses.length)
      ready.set(beginning, sides)
      return sides
    },
  })
}

function matches(side: Side, clauses: readonly QueryClause[], first: number): boolean {
  const last = first + side.clauses.length - 1
  if (last >= clauses.length) return false
  if (
    !side.clauses.every((telling, i) => tellingTerms(clauses[first + i] as QueryClause).some((t) => telling.has(t)))
  ) {
    return false
  }
  if (!side.isIdeographic) return true
  // Inside a Korean run a word stands at its beginning or end ("무선이어폰"), or it is a chance meeting of syllables.
  const begins = (clauses[first - 1]?.end ?? 0) <= (clauses[first] as QueryClause).start
  const ends = (clauses[last + 1]?.start ?? Number.POSITIVE_INFINITY) >= (clauses[last] as QueryClause).end
  return side.characters > 1 ? begins || ends : begins && ends
}

function sideAt(clauses: readonly QueryClause[], first: number, synonyms: CompiledSynonyms): Side | undefined {
  let best: Side | undefined
  for (const term of tellingTerms(clauses[first] as QueryClause)) {
    for (const side of synonyms.sidesLike(term)) {
      if (best !== undefined && side.clauses.length <= best.clauses.length) break
      if (matches(side, clauses, first)) best = side
    }
  }
  return best
}

/**
 * Adds to a query what its words mean by the rules, at 0.8 of what the shopper's own words count. The longest words of a
 * rule win; a part of a query is expanded once, and what was added is not expanded again. O(clauses · sides of a term).
 */
export function expandSynonyms(
  query: AnalyzedQuery,
  synonyms: CompiledSynonyms,
  { languages }: Readonly<{ languages: readonly string[] }>,
): Readonly<{ query: AnalyzedQuery; applied: readonly AppliedSynonym[] }> {
  const replacements: Replacement[] = []
  const applied: AppliedSynonym[] = []
  for (let first = 0; first < query.clauses.length; first++) {
    const side = sideAt(query.clauses, first, synonyms)
    if (side === undefined) continue
    const last = first + side.clauses.length - 1
    const readings = Array.from(side.meanings.keys(), (word) =>
      readingOf(word, SYNONYM_BOOST, synonyms.analyzer, languages),
    )
    replacements.push({ first, last, readings })
    const surface = surfaceOf(query.clauses.slice(first, last + 1))
    const byRule = Map.groupBy(side.meanings, ([, rule]) => rule)
    for (const [rule, meant] of byRule) {
      applied.push(Object.freeze({ rule, surface, added: Object.freeze(meant.map(([word]) => word)) }))
    }
    first = last
  }
  return Object.freeze({ query: withReadings(query, replacements), applied: Object.freeze(applied) })
}
