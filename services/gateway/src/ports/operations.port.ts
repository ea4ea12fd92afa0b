import type { EngineProcess, Overview, ParkedRecord, ServiceRecord, TopicRecord } from '@eip/contracts'

/**
 * How the platform is doing, for those who run it.
 *  - Reading changes nothing and needs no other service.
 *  - `retry` gives parked messages to their readers again, as first attempts; asking twice is harmless. `absent` counts
 *    those that are not parked.
 */
export interface Operations {
  overview(): Promise<Overview>
  services(): Promise<readonly ServiceRecord[]>
  topics(): Promise<readonly TopicRecord[]>
  engines(): Promise<readonly EngineProcess[]>
  parked(): Promise<readonly ParkedRecord[]>
  retry(
    messages: readonly { group: string; topic: string; partition: number; offset: number }[],
  ): Promise<{ retried: number; absent: number }>
}
