import type { QuerySlot } from '@eip/contracts'
import type { FusionSignals } from '@eip/engine-fusion'
import type { AnalyzedQuery } from '@eip/engine-text-analysis'
import { overlaps } from './query-span.ts'

export type QuerySignals = Pick<FusionSignals, 'words' | 'hasModelNumber' | 'hasNumber' | 'namesBrandOnly'>

const isModelNumber = (surface: string): boolean => /\d/.test(surface) && /\p{L}/u.test(surface)

/** What a query itself shows of whether words or meaning will find better. */
export function querySignals(query: AnalyzedQuery | null, slots: readonly QuerySlot[]): QuerySignals {
  const all = query?.clauses ?? []
  const telling = all.filter(({ isStopWord }) => !isStopWord)
  const clauses = telling.length > 0 ? telling : all
  const brands = slots.filter(({ kind }) => kind === 'brand')
  return {
    words: clauses.length,
    hasModelNumber: clauses.some(({ kind, surface }) => kind === 'model' || isModelNumber(surface)),
    hasNumber: clauses.some(({ kind }) => kind === 'number'),
    namesBrandOnly: clauses.length > 0 && clauses.every((clause) => brands.some((brand) => overlaps(brand, clause))),
  }
}
