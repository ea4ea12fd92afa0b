import type { SearchHit } from '@eip/contracts'
import { useState } from 'react'

type Chosen = ReadonlyMap<string, SearchHit>

type Choice = Readonly<{
  /** By id; of this page and of others. */
  chosen: Chosen
  toggle: (hit: SearchHit) => void
  /** Chooses all of these, or, where all are chosen, none of them. */
  toggleAll: (hits: readonly SearchHit[]) => void
  clear: () => void
}>

/** Products that something is to be done with. They stay chosen while one pages on. */
export function useChosen(): Choice {
  const [chosen, setChosen] = useState<Chosen>(new Map())
  const turn = (hits: readonly SearchHit[], isChosen: boolean) => {
    const next = new Map(chosen)
    for (const hit of hits) {
      if (isChosen) next.set(hit.id, hit)
      else next.delete(hit.id)
    }
    setChosen(next)
  }
  return {
    chosen,
    toggle: (hit) => turn([hit], !chosen.has(hit.id)),
    toggleAll: (hits) => turn(hits, !hits.every(({ id }) => chosen.has(id))),
    clear: () => setChosen(new Map()),
  }
}
