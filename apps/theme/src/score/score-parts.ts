import type { SearchHit } from '@eip/contracts'

export type Explanation = NonNullable<SearchHit['explanation']>

export type ScorePart = Readonly<{ name: string; contribution: number }>

/** Contributions smaller than this are not seen in a bar and not read in a number. */
const visible = 0.0005

/** What moved the hit, in the policy's order: it is the same for every hit, so that two can be compared. */
export const scoreParts = ({ features }: Explanation): readonly ScorePart[] =>
  features
    .filter(({ contribution }) => Math.abs(contribution) >= visible)
    .map(({ name, contribution }) => ({ name, contribution }))

/** Where zero stands in a bar's field, from 0 (left) to 1, and how much of the field's width one point takes. */
export type ScoreScale = Readonly<{ zero: number; perPoint: number }>

/** One scale for the bars of several hits: the longest just fits, on both sides of zero. */
export function scoreScale(explanations: readonly Explanation[]): ScoreScale {
  const all = explanations.flatMap((explanation) => scoreParts(explanation).map(({ contribution }) => contribution))
  const lift = Math.max(0, ...all)
  const sink = Math.max(0, ...all.map((contribution) => -contribution))
  const span = lift + sink
  return span === 0 ? { zero: 0, perPoint: 0 } : { zero: sink / span, perPoint: 1 / span }
}

/** The bar of a contribution: left edge and width as shares of the field. */
export function scoreBar(
  contribution: number,
  { zero, perPoint }: ScoreScale,
): Readonly<{ left: number; width: number }> {
  const width = Math.min(1, Math.abs(contribution) * perPoint)
  return { left: contribution < 0 ? Math.max(0, zero - width) : zero, width }
}

/** The words of the query that were found in the product, the weightiest first, each once. */
export const matchedTerms = ({ text }: Explanation): readonly string[] => [
  ...new Set(
    text.terms
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score)
      .map(({ term }) => term),
  ),
]
