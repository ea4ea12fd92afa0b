import { type CountedEncoder, inState, isFed } from './encoder-states.ts'

export type TrainingLimits = Readonly<{
  /** Fewer products are not worth training on. */
  leastProducts: number
  /** An encoder is trained anew when the catalogue is this many times what it was trained on. */
  growth: number
  /** Products come in bursts: training waits until none came for this long … */
  quietMs: number
  /** … but not longer than this, where they never cease to come. */
  patienceMs: number
}>

/** What is seen at one moment. `changes`: product changes since the beginning of time, a bound of the number of products. */
export type CatalogueView = Readonly<{ now: number; changes: number; known: readonly CountedEncoder[] }>

/** Whether the time has come to train by itself. */
export interface TrainingNeed {
  look(view: CatalogueView): boolean
  /** A training was tried: it is tried again only when the catalogue has grown, or, where it was too small, changed. */
  tried(failure: 'none' | 'too-few' | 'failed'): void
}

export function trainingNeed({ leastProducts, growth, quietMs, patienceMs }: TrainingLimits): TrainingNeed {
  let seen = { changes: -1, at: 0 }
  let wantedSince: number | null = null
  let products = 0
  let leastChanges = leastProducts
  let leastGrown = 0

  /** Without an encoder nobody counts products: changes are a bound, and the training itself counts. */
  function isLargeEnough({ changes, known }: CatalogueView): boolean {
    if (!known.some(isFed)) return changes >= leastChanges
    const serving = inState(known, 'serving')
    if (serving === undefined || serving.trainedOn === null || inState(known, 'filling')) return false
    products = serving.products
    return products >= Math.max(growth * serving.trainedOn, leastGrown)
  }

  return Object.freeze({
    look(view: CatalogueView) {
      const { now, changes } = view
      if (changes !== seen.changes) seen = { changes, at: now }
      if (!isLargeEnough(view)) {
        wantedSince = null
        return false
      }
      wantedSince ??= now
      return now - seen.at >= quietMs || now - wantedSince >= patienceMs
    },
    tried(failure: 'none' | 'too-few' | 'failed') {
      wantedSince = null
      if (failure === 'none') return
      leastChanges = failure === 'too-few' ? seen.changes + 1 : seen.changes * growth
      leastGrown = products * growth
    },
  })
}
