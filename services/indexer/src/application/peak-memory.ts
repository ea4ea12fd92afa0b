import type { Generation } from '@eip/product-index'

/** The most memory that this process took while a generation was filling. */
export interface PeakMemory {
  /** Looks at the memory now, for those that are filling. */
  sample(generations: readonly Generation[]): void
  of(generation: string): number | null
}

export function peakMemory(measure: () => number = process.memoryUsage.rss): PeakMemory {
  const peaks = new Map<string, number>()
  return Object.freeze({
    sample(generations: readonly Generation[]) {
      for (const { name, state } of generations)
        if (state === 'filling') peaks.set(name, Math.max(peaks.get(name) ?? 0, measure()))
    },
    of: (generation: string) => peaks.get(generation) ?? null,
  })
}
