import type { Candidates } from './candidates.ts'
import type { GuardAction } from './guard-action.ts'
import type { Policy } from './policy.ts'

/** Why a guard holds a product; the numbers stand in `Guarded.reasons`. */
export const guardReasons = ['none', 'unavailable', 'undeliverable'] as const
export type GuardReason = Exclude<(typeof guardReasons)[number], 'none'>

/** Candidate i is held for `guardReasons[reasons[i]]`; `isSunk[i]` is 1 where it stands below all that can be delivered. */
export type Guarded = Readonly<{ reasons: Uint8Array; isSunk: Uint8Array }>

/** Whether `coverage` (bits of regions; absent: everywhere) has the bit. Bits beyond 31 are no work for integer operators. */
export const isCovered = (coverage: number, bit: number): boolean =>
  Number.isNaN(coverage) || Math.floor(coverage / 2 ** bit) % 2 === 1

/**
 * Finds what cannot be delivered: nothing left of it (`atp` known and not above 0), or not to the shopper's region, whose place
 * among the bits of `coverage` is `region` (null: not known, everything is delivered). What the policy hides is expected to
 * have been left out by the retrieval; where it was not, it sinks. O(count), nothing is allocated per candidate.
 *
 * Guards are no scores: no weight, pin or sponsorship outbids them, because sunk products are ordered after all others.
 */
export function guard({ guards }: Policy, { count, columns }: Candidates, region: number | null): Guarded {
  const reasons = new Uint8Array(count)
  const isSunk = new Uint8Array(count)
  const { atp, coverage } = columns
  const sinks = (action: GuardAction) => (action === 'show' ? 0 : 1)
  const unavailable = sinks(guards.unavailable)
  const undeliverable = sinks(guards.undeliverable)
  for (let i = 0; i < count; i++) {
    if (atp !== undefined && atp[i]! <= 0) {
      reasons[i] = 1
      isSunk[i] = unavailable
    }
    if (region === null || coverage === undefined || isCovered(coverage[i]!, region)) continue
    // Both hold it: it is told for what it does worse by.
    if (reasons[i] === 0 || undeliverable > isSunk[i]!) reasons[i] = 2
    isSunk[i] = Math.max(isSunk[i]!, undeliverable)
  }
  return { reasons, isSunk }
}

/** The same order, with what is sunk after all others. O(n). */
export function withSunkLast(ranks: Uint32Array, { isSunk }: Pick<Guarded, 'isSunk'>): Uint32Array {
  const out = new Uint32Array(ranks.length)
  let next = 0
  for (const candidate of ranks) if (isSunk[candidate] === 0) out[next++] = candidate
  if (next === ranks.length) return out
  for (const candidate of ranks) if (isSunk[candidate] === 1) out[next++] = candidate
  return out
}
