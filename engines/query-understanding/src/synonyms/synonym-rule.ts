import { foldText } from '@eip/engine-text-analysis'

/** `two-way`: all of `from` mean each other, `to` is empty. `one-way`: each of `from` means each of `to` as well. */
export type SynonymRule = Readonly<{
  id: string
  kind: 'two-way' | 'one-way'
  /** Words, or phrases of several words. */
  from: readonly string[]
  to: readonly string[]
}>

/** The form in which the words of rules are compared: folded, one space between words. */
export const ruleWord = (word: string): string => foldText(word).trim().replace(/\s+/g, ' ')

/** What each word of the rules means by itself, with the rule that says so. */
export type MeaningGraph = ReadonlyMap<string, ReadonlyMap<string, string>>

/**
 * The arrows between words: of a one-way rule from each left to each right word, of a two-way rule between all of its
 * words. Where two rules draw one arrow, the first is named. O(words² of a rule).
 */
export function meaningGraph(rules: readonly SynonymRule[]): MeaningGraph {
  const arrows = new Map<string, Map<string, string>>()
  for (const { id, kind, from, to } of rules) {
    const left = from.map(ruleWord)
    const right = kind === 'two-way' ? left : to.map(ruleWord)
    for (const word of left) {
      const meant = arrows.get(word) ?? new Map<string, string>()
      arrows.set(word, meant)
      for (const other of right) if (other !== word && !meant.has(other)) meant.set(other, id)
    }
  }
  return arrows
}

/** All that a word means, directly or through others, nearest first, with the rule that adds it; at most `most`. */
export function reachOf(word: string, arrows: MeaningGraph, most: number): Map<string, string> {
  const reached = new Map<string, string>()
  const waiting = [word]
  for (const next of waiting) {
    for (const [meant, rule] of arrows.get(next) ?? []) {
      if (meant === word || reached.has(meant)) continue
      if (reached.size >= most) return reached
      reached.set(meant, rule)
      waiting.push(meant)
    }
  }
  return reached
}
