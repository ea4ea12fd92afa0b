import { meaningGraph, reachOf, ruleWord, type SynonymRule } from './synonym-rule.ts'

export type SynonymFaultCode =
  | 'synonyms.too-many-rules'
  | 'synonyms.duplicate-id'
  | 'synonyms.empty-side'
  | 'synonyms.identical-sides'
  | 'synonyms.word-too-long'
  | 'synonyms.loop'
  | 'synonyms.reaches-too-much'

/** Why a set of rules is refused: which rules, and what to do about it. */
export type SynonymFault = Readonly<{
  code: SynonymFaultCode
  /** Ids of the rules, in their order. */
  rules: readonly string[]
  message: string
  cure: string
}>

export const synonymLimits = Object.freeze({ rules: 2_000, wordCharacters: 100, wordsOfASide: 20, reach: 20 })

const fault = (code: SynonymFaultCode, rules: readonly string[], message: string, cure: string): SynonymFault =>
  Object.freeze({ code, rules: Object.freeze(rules), message, cure })

function checkSides({ id, kind, from, to }: SynonymRule): SynonymFault[] {
  const faults: SynonymFault[] = []
  const needed = kind === 'two-way' ? 2 : 1
  const [left, right] = [from.map(ruleWord), to.map(ruleWord)]
  const hasBlank = [...left, ...right].includes('')
  if (left.length < needed || (kind === 'one-way' && right.length === 0) || hasBlank) {
    const message = `rule "${id}" has an empty side or an empty word`
    const cure = kind === 'two-way' ? 'Give at least two words in "from".' : 'Give a word in "from" and one in "to".'
    faults.push(fault('synonyms.empty-side', [id], message, cure))
  }
  if (kind === 'two-way' && right.length > 0) {
    const message = `rule "${id}" is two-way and has words in "to"`
    faults.push(fault('synonyms.empty-side', [id], message, 'Move them to "from", or make the rule one-way.'))
  }
  const isSame = kind === 'two-way' ? new Set(left).size < left.length : left.some((word) => right.includes(word))
  if (isSame) {
    const message = `rule "${id}" says that a word means itself`
    faults.push(fault('synonyms.identical-sides', [id], message, 'Name each word once.'))
  }
  if ([...from, ...to].some((word) => word.length > synonymLimits.wordCharacters)) {
    const message = `rule "${id}" has a word of more than ${synonymLimits.wordCharacters} characters`
    faults.push(fault('synonyms.word-too-long', [id], message, 'Shorten the word.'))
  }
  if (left.length > synonymLimits.wordsOfASide || right.length > synonymLimits.wordsOfASide) {
    const message = `rule "${id}" has more than ${synonymLimits.wordsOfASide} words on a side`
    faults.push(fault('synonyms.reaches-too-much', [id], message, 'Split the rule, or name fewer words.'))
  }
  return faults
}

function checkIds(rules: readonly SynonymRule[]): SynonymFault[] {
  const counts = Map.groupBy(rules, ({ id }) => id)
  const twice = [...counts].filter(([, same]) => same.length > 1).map(([id]) => id)
  if (twice.length === 0) return []
  const message = `${twice.length} ids stand for more than one rule`
  return [fault('synonyms.duplicate-id', twice, message, 'Give each rule an id of its own.')]
}

/** Words that two-way rules make one, by union-find: a loop through them is a loop. */
function groupsOf(rules: readonly SynonymRule[]): (word: string) => string {
  const parents = new Map<string, string>()
  const groupOf = (word: string): string => {
    let root = word
    while (parents.has(root)) root = parents.get(root) as string
    if (root !== word) parents.set(word, root)
    return root
  }
  for (const { kind, from } of rules) {
    const [first, ...others] = kind === 'two-way' ? from.map(ruleWord) : []
    for (const word of others) {
      const [root, other] = [groupOf(first as string), groupOf(word)]
      if (root !== other) parents.set(other, root)
    }
  }
  return groupOf
}

/**
 * Loops of one-way rules, each once, as the rules along it: strongly connected groups of words (Tarjan, SIAM J. Comput. 1972)
 * over the words that two-way rules have made one.
 */
function checkLoops(rules: readonly SynonymRule[]): SynonymFault[] {
  const groupOf = groupsOf(rules)
  const arrows = new Map<string, { to: string; rule: string }[]>()
  for (const { id, kind, from, to } of rules) {
    if (kind === 'two-way') continue
    for (const left of new Set(from.map(ruleWord))) {
      const known = arrows.get(groupOf(left)) ?? []
      arrows.set(groupOf(left), known)
      // A rule that names a word on both sides has a fault of its own.
      for (const right of to.map(ruleWord)) if (right !== left) known.push({ to: groupOf(right), rule: id })
    }
  }
  return stronglyConnected(arrows).flatMap((group) => {
    const inside = new Set(group)
    const along = group.flatMap((word) => (arrows.get(word) ?? []).filter(({ to }) => inside.has(to)))
    const ids = [...new Set(along.map(({ rule }) => rule))]
    if (ids.length === 0) return []
    const message = `rules ${ids.map((id) => `"${id}"`).join(', ')} lead back to where they begin: ${group.join(', ')}`
    return [fault('synonyms.loop', ids, message, 'Remove one of the rules, or make them one two-way rule.')]
  })
}

/** Tarjan's algorithm with a stack of its own: chains of rules may be long. O(words + arrows). */
function stronglyConnected(arrows: ReadonlyMap<string, readonly { to: string }[]>): string[][] {
  const order = new Map<string, number>()
  const low = new Map<string, number>()
  const open: string[] = []
  const isOpen = new Set<string>()
  const groups: string[][] = []
  const enter = (word: string) => {
    order.set(word, order.size)
    low.set(word, order.get(word) as number)
    open.push(word)
    isOpen.add(word)
    return { word, next: 0 }
  }
  const close = (word: string): void => {
    if (low.get(word) !== order.get(word)) return
    const group = open.splice(open.lastIndexOf(word))
    for (const member of group) isOpen.delete(member)
    groups.push(group)
  }
  for (const start of arrows.keys()) {
    if (order.has(start)) continue
    const path = [enter(start)]
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const arrow = arrows.get(top.word)?.[top.next++]
      if (arrow === undefined) {
        path.pop()
        close(top.word)
        const below = path.at(-1)?.word
        if (below !== undefined) low.set(below, Math.min(low.get(below) as number, low.get(top.word) as number))
      } else if (!order.has(arrow.to)) path.push(enter(arrow.to))
      else if (isOpen.has(arrow.to)) {
        low.set(top.word, Math.min(low.get(top.word) as number, order.get(arrow.to) as number))
      }
    }
  }
  return groups
}

function checkReach(rules: readonly SynonymRule[]): SynonymFault[] {
  const arrows = meaningGraph(rules)
  for (const word of arrows.keys()) {
    const reached = reachOf(word, arrows, synonymLimits.reach + 1)
    if (reached.size <= synonymLimits.reach) continue
    const ids = [...new Set(reached.values())]
    const message = `"${word}" comes to mean more than ${synonymLimits.reach} words, by rules ${ids.join(', ')}`
    return [fault('synonyms.reaches-too-much', ids, message, 'Name fewer words in these rules.')]
  }
  return []
}

/**
 * What is wrong with a set of rules; nothing if it can be used. Never throws. O(words · reach): some milliseconds for a
 * full set.
 */
export function checkSynonyms(rules: readonly SynonymRule[]): readonly SynonymFault[] {
  if (rules.length > synonymLimits.rules) {
    const message = `there are ${rules.length} rules, more than ${synonymLimits.rules}`
    return [fault('synonyms.too-many-rules', [], message, `Keep at most ${synonymLimits.rules} rules.`)]
  }
  const ofRules = [...checkIds(rules), ...rules.flatMap(checkSides)]
  // Rules of a wrong shape would make nonsense of the graph.
  return Object.freeze(ofRules.length > 0 ? ofRules : [...checkLoops(rules), ...checkReach(rules)])
}
