/** `hits` of `trials`, in the unit of whole trials. */
export type Share = Readonly<{ hits: number; trials: number }>

/** How many trials a prior is worth. */
export type Strength = number

const leastStrength = 2
const mostStrength = 200

/**
 * How much the shares of groups differ beyond chance tells how far one group may be trusted alone: the strength of a beta prior by
 * the method of moments (Kleinman 1973; Casella 1985 for the principle). Groups that differ by chance alone lean on their parent
 * with `mostStrength` trials, groups that differ greatly with `leastStrength`. O(groups).
 */
export function strengthOf(groups: readonly Share[]): Strength {
  const known = groups.filter(({ trials }) => trials > 0)
  const total = known.reduce((sum, { trials }) => sum + trials, 0)
  const mean = known.reduce((sum, { hits }) => sum + hits, 0) / total
  const within = mean * (1 - mean)
  if (known.length < 2 || !(within > 0)) return mostStrength
  const squares = known.reduce((sum, { trials }) => sum + trials ** 2, 0)
  const spread = known.reduce((sum, { hits, trials }) => sum + trials * (hits / trials - mean) ** 2, 0)
  const usual = (total - squares / total) / (known.length - 1)
  const between = (spread / (known.length - 1) - within) / usual
  if (!(between > 0)) return mostStrength
  return Math.min(mostStrength, Math.max(leastStrength, within / between - 1))
}

/** The share as it is believed: what was seen, and `strength` trials more of what the parent shows. */
export const smoothed = ({ hits, trials }: Share, parent: number, strength: Strength): number =>
  (Math.min(hits, trials) + strength * parent) / (trials + strength)
