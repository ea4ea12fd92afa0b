import type { EngineProcess, GenerationStatus } from '@eip/contracts'
import type { Language } from '@eip/theme'

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** A size in the unit in which it has one to three digits before the point. */
export function formatBytes(bytes: number, language: Language): string {
  const at = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1_000 ** at
  const format = new Intl.NumberFormat(language, {
    ...{ style: 'unit', unit: units[at]!, unitDisplay: 'short' },
    maximumFractionDigits: value < 10 ? 1 : 0,
  })
  return format.format(value)
}

/** How much of the log a view has read, from 0 to 1; one that nothing was published for has read all of it. */
export function filledShare({ eventsRead, eventsLeft }: Pick<GenerationStatus, 'eventsRead' | 'eventsLeft'>): number {
  const all = eventsRead + eventsLeft
  return all === 0 ? 1 : eventsRead / all
}

export type PoolRow = EngineProcess['pools'][number] & Readonly<{ runs: string }>

/** The pools of all processes, in their order. */
export const poolRows = (processes: readonly EngineProcess[]): readonly PoolRow[] =>
  processes.flatMap(({ runs, pools }) => pools.map((pool) => ({ ...pool, runs })))
