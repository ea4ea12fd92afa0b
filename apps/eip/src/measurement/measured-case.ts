import { cpus, loadavg } from 'node:os'
import type { BenchCase } from '../evaluation/bench-case.ts'
import { answer, grouped, table } from '../output.ts'

/** `count`: how often it was done; `cpu_seconds`: what a process used meanwhile. */
export type MeasuredCase = BenchCase & Readonly<{ count?: number; cpu_seconds?: number; target?: string }>
export type MeasuredCases = Readonly<Record<string, MeasuredCase>>

/** Load averages tell how busy others keep the machine: figures of a busy one are worth little. */
export const machineNow = (): string =>
  `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.version}, load ${loadavg()
    .map((load) => load.toFixed(1))
    .join(' ')}`

const shown = (value: number | undefined, digits: number) => (value === undefined ? '' : value.toFixed(digits))
const header = ['case', 'count', 'p50 ms', 'p95 ms', 'p99 ms', 'per second', 'CPU s', 'RSS MB', 'target']

/** A table for people, with what it is to be held against; `{ machine, profile, cases }` for programs. */
export function tellCases(profile: string, machine: string, cases: MeasuredCases, isJsonWanted: boolean): void {
  const rows = Object.entries(cases).map(([name, each]) => [
    name,
    each.count === undefined ? '' : grouped(each.count),
    shown(each.p50_ms, 1),
    shown(each.p95_ms, 1),
    shown(each.p99_ms, 1),
    each.per_second === undefined ? '' : grouped(each.per_second),
    shown(each.cpu_seconds, 1),
    shown(each.rss_mb, 0),
    each.target ?? '',
  ])
  const text = `${machine} at the start, ${machineNow().split(', ').at(-1)} at the end\nprofile: ${profile}\n\n${table(header, rows)}\n`
  answer({ json: { machine, profile, cases }, text }, isJsonWanted)
}
