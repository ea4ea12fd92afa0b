import { type Envelope, envelopeSchema, type Topic } from '@eip/contracts'
import { eventBusFailure } from '../event-bus.failure.ts'
import type { LogRow } from '../event-log.port.ts'

/** Characters of JSON: one event, and one call of `publish`. */
export const maximumEventCharacters = 1 << 20
export const maximumCallCharacters = 32 << 20

type Issues = Readonly<{ issues: readonly Readonly<{ path: readonly PropertyKey[]; message: string }>[] }>

const firstIssue = (error: Issues): string => {
  const issue = error.issues[0]
  return issue === undefined ? 'does not fit its schema' : `field "${issue.path.join('.')}": ${issue.message}`
}

/** Turns events into rows, or throws a Failure that names the event and the field. Payloads are the reader's to check. */
export function encode(topic: Topic, events: readonly Envelope[]): { rows: LogRow[]; characters: number } {
  let characters = 0
  const rows = events.map((event, index) => {
    const where = `event ${index} of ${events.length} for topic "${topic.name}"`
    const checked = envelopeSchema.safeParse(event)
    if (!checked.success) throw eventBusFailure('event-bus.bad-envelope', `${where}: ${firstIssue(checked.error)}`)
    // Half a surrogate pair is no Unicode text: stored, two different keys or ids could become one.
    const crooked = !event.key.isWellFormed() ? 'key' : !event.id.isWellFormed() ? 'id' : undefined
    if (crooked) throw eventBusFailure('event-bus.bad-envelope', `${where}: field "${crooked}" is not Unicode text`)
    const body = toJson(event, where)
    characters += body.length
    if (body.length > maximumEventCharacters || characters > maximumCallCharacters) {
      throw eventBusFailure(
        'event-bus.too-large',
        `${where}: an event may have ${maximumEventCharacters} characters and a call ${maximumCallCharacters}`,
        { event: body.length, call: characters },
      )
    }
    return { id: event.id, key: event.key, version: event.version, recordedAt: event.recordedAt, body }
  })
  return { rows, characters }
}

function toJson(event: Envelope, where: string): string {
  try {
    return JSON.stringify(event)
  } catch (cause) {
    throw eventBusFailure('event-bus.bad-envelope', `${where}: field "payload" is not JSON`, {}, cause)
  }
}

export type Decoded =
  | Readonly<{ event: Envelope; reason?: undefined }>
  | Readonly<{ event?: undefined; reason: string }>

/** Reads a body as the topic's reader understands it; what cannot be read answers with the reason. */
export function decode(topic: Topic, body: string): Decoded {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    return { reason: 'the envelope is not JSON' }
  }
  const envelope = envelopeSchema.safeParse(value)
  if (!envelope.success) return { reason: `the envelope is broken: ${firstIssue(envelope.error)}` }
  const event = envelope.data as Envelope
  if (event.deleted) return { event: Object.freeze({ ...event, payload: null }) }
  const payload = parsePayload(topic, event.payload)
  if (payload.reason !== undefined) return { reason: `the payload does not fit ${topic.schema}: ${payload.reason}` }
  return { event: Object.freeze({ ...event, payload: payload.data }) }
}

function parsePayload(topic: Topic, payload: unknown): { data?: unknown; reason?: string } {
  try {
    const parsed = topic.payload.safeParse(payload)
    return parsed.success ? { data: parsed.data } : { reason: firstIssue(parsed.error) }
  } catch (error) {
    // A check of the schema that throws must not stop the reader: the message is as unreadable as any other.
    return { reason: error instanceof Error ? error.message : String(error) }
  }
}
