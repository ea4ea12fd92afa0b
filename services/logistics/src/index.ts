export { learnHistory } from './application/learn-history.ts'
export { type CalibrationSums, calibrationOf, withoutSums } from './domain/calibration.ts'
export { type LogisticsNeeds, logistics } from './logistics.service.ts'
export type { FactStore } from './ports/fact-store.port.ts'
