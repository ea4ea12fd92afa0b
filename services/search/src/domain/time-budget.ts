/** Parts of an answer that it can do without. */
export type OptionalPart = 'facets' | 'explanation'

// Counting facets is a pass over every match; explaining reads the terms of one page. Below these, the hits come first.
const leastMs: Readonly<Record<OptionalPart, number>> = { facets: 20, explanation: 5 }

/** Whether enough of the call's time remains, in milliseconds, to spend some of it on the part. */
export const isAffordable = (part: OptionalPart, remainingMs: number): boolean => remainingMs >= leastMs[part]

/** What everything after the encoding takes at most on a usual catalogue. */
const restMs = 20

/** How long a query's vector may be waited for, in milliseconds; 0 or less: not at all. */
export const encodingBudgetMs = (remainingMs: number): number => remainingMs - restMs
