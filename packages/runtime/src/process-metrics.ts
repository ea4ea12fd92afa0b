import { monitorEventLoopDelay } from 'node:perf_hooks'
import { declareMetrics, type MetricsRegistry } from '@eip/telemetry'

export const processMetrics = declareMetrics({
  residentMemory: {
    kind: 'gauge',
    name: 'eip_process_resident_memory_bytes',
    help: 'Memory of the process that is in RAM, all threads and shared buffers included.',
    labels: [],
  },
  heapUsed: {
    kind: 'gauge',
    name: 'eip_process_heap_used_bytes',
    help: 'JavaScript heap of the main thread that is in use.',
    labels: [],
  },
  processorTime: {
    kind: 'gauge',
    name: 'eip_process_cpu_seconds',
    help: 'Processor time that the process has used since its start, all threads.',
    labels: [],
  },
  eventLoopDelay: {
    kind: 'gauge',
    name: 'eip_event_loop_delay_seconds',
    help: 'How late the main thread came to its work since the last scrape (mean, p99, max).',
    labels: ['statistic'],
  },
})

const resolutionMs = 10

/** Observes the process until the answered function is called. */
export function observeProcess(metrics: MetricsRegistry): () => void {
  const { residentMemory, heapUsed, processorTime, eventLoopDelay } = metrics.bind(processMetrics)
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs })
  histogram.enable()
  // Node's histogram holds the time between two ticks of a timer: what is over the timer's own interval is delay.
  const seconds = (nanoseconds: number) => Math.max(0, nanoseconds / 1e9 - resolutionMs / 1_000) || 0
  const ends = [
    residentMemory.observe((report) => report(process.memoryUsage.rss())),
    heapUsed.observe((report) => report(process.memoryUsage().heapUsed)),
    processorTime.observe((report) => {
      const { user, system } = process.cpuUsage()
      report((user + system) / 1e6)
    }),
    eventLoopDelay.observe((report) => {
      report(seconds(histogram.mean), { statistic: 'mean' })
      report(seconds(histogram.percentile(99)), { statistic: 'p99' })
      report(seconds(histogram.max), { statistic: 'max' })
      histogram.reset()
    }),
  ]
  return () => {
    for (const end of ends) end()
    histogram.disable()
  }
}
