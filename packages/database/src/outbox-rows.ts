import type { Envelope } from '@eip/contracts'
import type { OutboxEntry } from './outbox.port.ts'
import { timeSlice } from './time-slice.ts'

/** Characters of envelopes read at once, at most: events can be large, and memory stays bounded. */
export const outboxReadLimit = 8_000_000

/** An event as it is stored: its envelope is JSON. */
export type OutboxRow = Readonly<{ position: number; topic: string; envelope: string }>

export async function entriesOf(rows: readonly OutboxRow[]): Promise<OutboxEntry[]> {
  const slice = timeSlice()
  const entries: OutboxEntry[] = []
  for (const { position, topic, envelope } of rows) {
    entries.push({ position, topic, event: JSON.parse(envelope) as Envelope })
    await slice.pause()
  }
  return entries
}
