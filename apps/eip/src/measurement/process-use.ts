import { failures } from '@eip/kernel'
import type { MeasuredProcess } from './platform-under-test.ts'

const failure = failures({
  'bench.no-metrics': {
    kind: 'unavailable',
    cure: 'Let the address of the process answer GET /metrics to this machine.',
  },
})

/** Processor time since the process started, and memory now. */
export type ProcessUse = Readonly<{ cpu_seconds: number; rss_mb: number }>

/** What each process has used so far, as it says itself. */
export async function processUse(processes: readonly MeasuredProcess[]): Promise<ReadonlyMap<string, ProcessUse>> {
  const uses = await Promise.all(processes.map(async ({ name, url }) => [name, await useOf(url)] as const))
  return new Map(uses)
}

async function useOf(url: string): Promise<ProcessUse> {
  const page = await (await fetch(`${url}/metrics`)).text()
  const told = (metric: string): number => {
    const [, value] = new RegExp(`^${metric} (\\S+)`, 'm').exec(page) ?? []
    if (value === undefined) throw failure('bench.no-metrics', `${url}/metrics does not tell ${metric}`)
    return Number(value)
  }
  return {
    cpu_seconds: told('eip_process_cpu_seconds'),
    rss_mb: Math.round(told('eip_process_resident_memory_bytes') / 2 ** 20),
  }
}
