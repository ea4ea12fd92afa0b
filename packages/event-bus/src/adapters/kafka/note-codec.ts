import type { Position } from '@eip/contracts'
import type { ParkedMessage } from '../../event-bus.port.ts'

/**
 * A note about one position for one group, as it stands in the topic of notes: its key says what about, its value what.
 *  - `parked`: the message, its reason and its bytes.
 *  - `retry`: that a parked message is to be given again, when its partition has been read up to `until`.
 *  - `replay`: that the group goes on from `offset`, for its members to do; the key has no offset.
 * A key without a value is done with.
 */
export type NoteKind = 'parked' | 'retry' | 'replay'
export type NoteKey = Readonly<{ kind: NoteKind; group: string; position: Position }>

export type ParkedNote = Pick<ParkedMessage, 'attempts' | 'reason' | 'parkedAt' | 'body'>

export const noteKey = ({ kind, group, position: { topic, partition, offset } }: NoteKey): string =>
  JSON.stringify(kind === 'replay' ? [kind, group, topic, partition] : [kind, group, topic, partition, offset])

/** Undefined for what is no note of ours. */
export function readNoteKey(text: string): NoteKey | undefined {
  const key = parsed(text)
  if (!Array.isArray(key)) return undefined
  const [kind, group, topic, partition, offset = 0] = key
  const isNote = kind === 'parked' || kind === 'retry' || kind === 'replay'
  const isPlaced = typeof topic === 'string' && Number.isInteger(partition) && Number.isInteger(offset)
  if (!isNote || typeof group !== 'string' || !isPlaced) return undefined
  return { kind, group, position: { topic, partition, offset } }
}

/** The number of that name in a value; 0 if there is none. */
export function numberIn(value: string, name: 'until' | 'offset'): number {
  const number = (parsed(value) as Record<string, unknown> | undefined)?.[name]
  return typeof number === 'number' ? number : 0
}

export function readParkedNote(value: string): ParkedNote {
  const { attempts, reason, parkedAt, body } = (parsed(value) ?? {}) as Partial<ParkedNote>
  return { attempts: attempts ?? 0, reason: reason ?? 'unknown', parkedAt: parkedAt ?? 0, body: body ?? '' }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
