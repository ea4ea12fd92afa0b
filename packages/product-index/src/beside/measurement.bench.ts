import type { Agreement } from './agreement.bench.ts'
import type { BesideCatalogue } from './catalogue.bench.ts'
import type { ClusterMemory } from './memory.bench.ts'
import type { RoundFigures } from './rounds.bench.ts'
import type { BesideCluster, Side } from './sides.bench.ts'

export type BesideInput = Readonly<{
  catalogue: BesideCatalogue
  cluster: BesideCluster
  /** Without vectors there is no hybrid case. */
  hasVectors: boolean
  /** How often each side is asked everything; figures are medians. */
  rounds: number
  /** A round of the quicker side goes through the questions again until so much time has passed: short ones tell nothing. */
  leastRoundMs: number
  /** How often each side is filled with the products, likewise. */
  fillings: number
  report: (what: string) => void
}>

export const sideNames = ['native', 'opensearch'] as const
export type SideName = (typeof sideNames)[number]
export type Sides = Readonly<Record<SideName, Side>>

/** By "SIDE, WHAT"; `seconds`: of what is done once. */
export type BesideFigures = Readonly<Record<string, Partial<RoundFigures> & Readonly<{ seconds?: number }>>>
/** By WHAT: so many times as many a second does the native side. */
export type BesideRatios = Readonly<Record<string, Readonly<{ per_second: number; target: number | null }>>>

export type BesideMeasurement = Readonly<{
  versions: Readonly<{ opensearch: string; lucene: string }>
  cases: BesideFigures
  ratios: BesideRatios
  /** By case. */
  agreement: Readonly<Record<string, Agreement>>
  /** `rss_mb`: what this process grew by while the native side was filled; `index_mb`: what of it the index itself takes. */
  memory: Readonly<{ native: Readonly<{ rss_mb: number; index_mb: number }>; opensearch: ClusterMemory }>
  segments: Readonly<Record<SideName, number>>
}>

export const ratioOf = (native: number, opensearch: number): number => {
  const ratio = native / opensearch
  return ratio >= 100 ? Math.round(ratio) : Math.round(ratio * 10) / 10
}
