import type { Clock } from '@eip/kernel'
import { LRUCache } from 'lru-cache'
import {
  defaultKeptLimits,
  type KeptResult,
  type KeptResults,
  type KeptResultsLimits,
} from '../ports/kept-results.port.ts'

/** In this process. Those not asked for longest go first. */
export function memoryKeptResults(clock: Clock, limits: KeptResultsLimits = defaultKeptLimits): KeptResults {
  const cache = new LRUCache<string, KeptResult>({
    max: limits.entries,
    maxSize: limits.hits,
    sizeCalculation: ({ ranks }) => 1 + ranks.length,
    ttl: limits.ageMs,
    ttlResolution: 0,
    noUpdateTTL: true,
    perf: clock,
  })
  return Object.freeze({
    find: async (requestId: string) => cache.get(requestId),
    keep: (result: KeptResult) => void cache.set(result.requestId, result),
    close: async () => cache.clear(),
  })
}
