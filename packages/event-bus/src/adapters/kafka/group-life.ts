import { newId } from '@eip/kernel'

/**
 * A group lives from the moment a member comes into an empty one until its last member has gone. Offsets are committed with
 * the name of the life, so that a member knows whether they tell of the state that the group builds now:
 *
 *   life A   one joins ── another joins ── one is killed ── the last one leaves │
 *   life B                                                                      │ a new one joins ── …
 *
 * Every member claims the life it was last in; who leads takes the claim of the latest gathering, or begins a new life.
 */
export type LifeClaim = Readonly<{ life: string; generation: number }>

export const claimAsText = (claim: LifeClaim | undefined): string => (claim === undefined ? '' : JSON.stringify(claim))

/** Undefined for a newcomer. */
export function claimIn(text: string): LifeClaim | undefined {
  try {
    const { life, generation } = JSON.parse(text) as Partial<LifeClaim>
    return typeof life === 'string' && life !== '' && Number.isInteger(generation)
      ? { life, generation: generation as number }
      : undefined
  } catch {
    return undefined
  }
}

export function lifeAmong(claims: readonly (LifeClaim | undefined)[], beginLife: () => string = newId): string {
  const known = claims.filter((claim) => claim !== undefined)
  const latest = known.sort((a, b) => b.generation - a.generation)[0]
  return latest?.life ?? beginLife()
}
