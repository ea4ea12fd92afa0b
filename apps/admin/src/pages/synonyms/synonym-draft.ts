import type { SynonymRule } from '@eip/contracts'

/** A rule as it stands in the form: both sides are kept, so that changing the kind loses nothing. */
export type SynonymDraft = Readonly<{
  id: string
  kind: SynonymRule['kind']
  from: readonly string[]
  to: readonly string[]
}>

export const emptyDraft: SynonymDraft = Object.freeze({ id: '', kind: 'two-way', from: [], to: [] })

// As much as a rule may hold (services/search), so that most mistakes are told before anything is sent.
const longestWord = 100
const mostWords = 20
const ruleName = /^[a-z0-9][a-z0-9-]{0,62}$/

type Fault =
  | Readonly<{ key: 'needTwoWords' | 'needWord' | 'tooManyWords' | 'badName' | 'takenName' }>
  | Readonly<{ key: 'repeatedWord' | 'meansItself' | 'longWord'; word: string }>

export type DraftFaults = Readonly<Partial<Record<'id' | 'from' | 'to', Fault>>>

/** Words that differ only in case or in the spaces around them are one. */
const same = (word: string): string => word.trim().normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ')

function sideFault(words: readonly string[], atLeast: number): Fault | undefined {
  const long = words.find((word) => word.trim().length > longestWord)
  if (long !== undefined) return { key: 'longWord', word: `${long.slice(0, 30)}…` }
  if (words.length > mostWords) return { key: 'tooManyWords' }
  const repeated = words.find((word, at) => words.findIndex((other) => same(other) === same(word)) < at)
  if (repeated !== undefined) return { key: 'repeatedWord', word: repeated }
  if (words.length < atLeast) return { key: atLeast === 2 ? 'needTwoWords' : 'needWord' }
  return undefined
}

/** What is wrong with a draft by itself; whether it loops with other rules is told by the server alone. */
export function draftFaults({ id, kind, from, to }: SynonymDraft, takenIds: readonly string[]): DraftFaults {
  const ofId: Fault | undefined = !ruleName.test(id)
    ? { key: 'badName' }
    : takenIds.includes(id)
      ? { key: 'takenName' }
      : undefined
  const ofFrom = sideFault(from, kind === 'two-way' ? 2 : 1)
  const both = kind === 'one-way' ? to.find((word) => from.some((other) => same(other) === same(word))) : undefined
  const ofTo =
    kind === 'two-way'
      ? undefined
      : (sideFault(to, 1) ?? (both === undefined ? undefined : ({ key: 'meansItself', word: both } as const)))
  return { ...(ofId && { id: ofId }), ...(ofFrom && { from: ofFrom }), ...(ofTo && { to: ofTo }) }
}

/** The rule that a draft without faults is. */
export const ruleOf = ({
  id,
  kind,
  from,
  to,
}: SynonymDraft): { id: string; kind: SynonymRule['kind']; from: string[]; to: string[] } => ({
  ...{ id, kind },
  from: from.map((word) => word.trim()),
  to: kind === 'two-way' ? [] : to.map((word) => word.trim()),
})

/** A name for a new rule by its first Latin word, such as `sofa` or `sofa-2`; `rule-1` where there is none. */
export function suggestedId(words: readonly string[], takenIds: readonly string[]): string {
  const slugs = words.map((word) =>
    word
      .normalize('NFKD')
      .toLowerCase()
      .replace(/\p{M}/gu, '')
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 50)
      .replace(/-+$/, ''),
  )
  const stem = slugs.find((slug) => slug !== '')
  if (stem !== undefined && !takenIds.includes(stem)) return stem
  for (let number = stem === undefined ? 1 : 2; ; number++) {
    const id = `${stem ?? 'rule'}-${number}`
    if (!takenIds.includes(id)) return id
  }
}

/** A rule in one line, to name it in a question or a refusal. */
export const ruleText = ({ kind, from, to }: Pick<SynonymRule, 'kind' | 'from' | 'to'>): string =>
  kind === 'two-way' ? from.join(' = ') : `${from.join(', ')} → ${to.join(', ')}`

/** Other rules that have a word in common with this one: a loop may lead through them. */
export const rulesSharing = ({ id, from, to }: SynonymDraft, rules: readonly SynonymRule[]): readonly SynonymRule[] => {
  const words = new Set([...from, ...to].map(same))
  return rules.filter((rule) => rule.id !== id && [...rule.from, ...rule.to].some((word) => words.has(same(word))))
}

const sameWords = (left: readonly string[], right: readonly string[]): boolean =>
  new Set(left.map(same)).symmetricDifference(new Set(right.map(same))).size === 0

/** Another rule that already says what this one would, in whatever order; undefined where none does. */
export const ruleLike = (
  { id, kind, from, to }: SynonymDraft,
  rules: readonly SynonymRule[],
): SynonymRule | undefined =>
  from.length === 0
    ? undefined
    : rules.find(
        (rule) =>
          rule.id !== id &&
          rule.kind === kind &&
          sameWords(rule.from, from) &&
          (kind === 'two-way' || sameWords(rule.to, to)),
      )

/** Rules that name a text in a word or in their own name. */
export function rulesWith(rules: readonly SynonymRule[], text: string): readonly SynonymRule[] {
  const wanted = same(text)
  if (wanted === '') return rules
  return rules.filter(({ id, from, to }) => [id, ...from, ...to].some((word) => same(word).includes(wanted)))
}
