import type { LogisticsRates } from '@eip/contracts'

export const rateKinds = ['product', 'seller', 'category', 'region', 'route', 'distance'] as const
export type RateKind = (typeof rateKinds)[number]

/** The line of all together has no name of its own. */
export type RateRow = LogisticsRates & Readonly<{ isAll: boolean }>
