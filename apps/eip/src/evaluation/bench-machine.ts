import { cpus } from 'node:os'

/** What a benchmark ran on. */
export const benchMachine = (): string =>
  `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.version}`
