import type { FailureKind } from '@eip/kernel'
import type { CallWatch } from '@eip/rpc'
import { declareMetrics, durationBuckets, type Logger, type MetricsRegistry } from '@eip/telemetry'

export const requestMetrics = declareMetrics({
  duration: {
    kind: 'histogram',
    name: 'eip_request_duration_seconds',
    help: 'Time that a service took to answer an operation, by outcome (ok, or the kind of the failure).',
    labels: ['service', 'operation', 'outcome'],
    buckets: durationBuckets,
  },
})

/** Counts and times every call that a service answers, whichever way it came, and logs its defects. */
export function callWatch(service: string, metrics: MetricsRegistry, logger: Logger): CallWatch {
  const { duration } = metrics.bind(requestMetrics)
  const recorders = new Map<string, (seconds: number) => void>()
  const recorderOf = (operation: string, outcome: 'ok' | FailureKind) => {
    const key = `${operation} ${outcome}`
    const known = recorders.get(key) ?? duration.with({ service, operation, outcome })
    recorders.set(key, known)
    return known
  }
  return Object.freeze({
    finished: ({ operation, outcome, seconds }) => recorderOf(operation, outcome)(seconds),
    failed: (error, { operation, trace }) =>
      logger.error({ err: error, service, operation, trace: trace.traceId }, 'a call failed by a defect'),
  } satisfies CallWatch)
}
