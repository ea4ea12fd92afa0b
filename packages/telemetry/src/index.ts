export { createLogger, type Logger, type LoggerOptions, type LogLevel, silentLogger } from './logger.ts'
export {
  type CounterDeclaration,
  declareMetrics,
  durationBuckets,
  type GaugeDeclaration,
  type HistogramDeclaration,
  type MetricDeclaration,
  telemetryFailure,
} from './metric-declaration.ts'
export type { HistogramValue, MetricSnapshot, SeriesValue } from './metric-snapshot.ts'
export { type MetricsRegistry, metricsContentType, metricsRegistry, type Recorders } from './metrics-registry.ts'
export { prettyLine } from './pretty-line.ts'
export type { CounterRecorder, GaugeRecorder, HistogramRecorder, LabelsOf, Recorder } from './recorder.ts'
export { scrapedSnapshot } from './scraped-snapshot.ts'
export { sharedMetrics } from './shared-metrics.ts'
