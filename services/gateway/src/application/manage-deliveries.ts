import type { LogisticsContract } from '@eip/contracts'
import type { Client } from '@eip/rpc'
import type { GatewayHandlers } from './edge.ts'

type Operations = Pick<
  GatewayHandlers,
  | 'listRates'
  | 'deliveryCalibration'
  | 'setCoverage'
  | 'placeRegions'
  | 'logisticsStatistics'
  | 'listScoreVersions'
  | 'republishScores'
>

/** What is known of deliveries. */
export const manageDeliveries = (logistics: Client<LogisticsContract>): Operations =>
  Object.freeze({
    listRates: (input, call) => logistics.listRates(input, { call }),
    deliveryCalibration: (_, call) => logistics.calibration({}, { call }),
    setCoverage: (input, call) => logistics.setCoverage(input, { call }),
    placeRegions: (input, call) => logistics.placeRegions(input, { call }),
    logisticsStatistics: (_, call) => logistics.statistics({}, { call }),
    listScoreVersions: (input, call) => logistics.listScoreVersions(input, { call }),
    republishScores: (input, call) => logistics.republishScores(input, { call }),
  } satisfies Operations)
