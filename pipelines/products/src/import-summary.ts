import type { FileFault } from './line-reader.ts'

/** How far an import is: bytes of the file while hashing and reading, rows while loading. */
export type ImportProgress =
  | Readonly<{ phase: 'hashing'; file: string; bytesRead: number; bytesTotal: number }>
  | Readonly<{ phase: 'reading'; file: string; bytesRead: number; bytesTotal: number; rows: number }>
  | Readonly<{ phase: 'loading'; rows: number; rowsTotal: number }>

/**
 * What an import did. Every row is counted once: read = kept + duplicates + setAside, and
 * kept = created + updated + unchanged.
 */
export type ImportSummary = Readonly<{
  /** Rows of the file; blank lines do not count. */
  read: number
  /** Rows that are now products. */
  kept: number
  /** Rows rejected, each with its reason in `rejectedFile`. */
  setAside: number
  /** Rows that a later row with the same id replaced. */
  duplicates: number
  created: number
  updated: number
  unchanged: number
  /** Fields mended, by what was wrong with them. */
  repaired: Readonly<Record<string, number>>
  rejectedFile: string | null
  /** Not null where the file itself broke off: what stood before is in, and the command fails. */
  fault: FileFault | null
  /** The part of the lake's dataset that holds the rows. */
  part: string
  seconds: number
  rowsPerSecond: number
}>
