import { type Envelope, encoderPublished, type PublishedEncoder } from '@eip/contracts'
import type { EncoderDescription } from '@eip/engine-text-encoder'
import type { Occasion } from './occasion.ts'

export type EncoderState = PublishedEncoder['state']

/**
 * What is decided about an encoder.
 *
 *     begin ──▶ filling ──every product read──▶ serving ──a newer one serves──▶ standby ──window over──▶ retired
 *                  └──replaced, or not wanted any more──▶ retired    ▲────roll back────┘
 *
 * At most one is filling, one serves and one stands by. A retired one may begin again.
 */
export type EncoderRecord = Readonly<{
  description: EncoderDescription
  state: EncoderState
  /** Of its published state: grows with every change. */
  version: number
  /** Products that had a vector when it last began to serve. */
  vectors: number
  /** Products of the catalogue that it was trained on, where it was trained here. */
  trainedOn: number | null
  /** The moment it came into its state. */
  since: number
}>

/** `products`: living ones that it has read; `embedded`: those that have a vector. */
export type CountedEncoder = EncoderRecord & Readonly<{ products: number; embedded: number }>

export const inState = <Known extends EncoderRecord>(known: readonly Known[], state: EncoderState): Known | undefined =>
  known.find((record) => record.state === state)
export const encoderNamed = <Known extends EncoderRecord>(known: readonly Known[], encoder: string) =>
  known.find(({ description }) => description.encoder === encoder)
/** Those that every product change is for. */
export const isFed = ({ state }: Pick<EncoderRecord, 'state'>): boolean => state !== 'retired'

const recordOf = ({ description, version, vectors, trainedOn }: EncoderRecord) => ({
  description,
  version: version + 1,
  vectors,
  trainedOn,
})
const turned = (record: EncoderRecord | undefined, state: EncoderState, since: number): EncoderRecord[] =>
  record === undefined ? [] : [{ ...recordOf(record), state, since }]
const nowServing = (record: CountedEncoder, since: number): EncoderRecord => ({
  ...recordOf(record),
  vectors: record.embedded,
  state: 'serving',
  since,
})

/** Each of these answers with the records that change, as they are from now on; empty where nothing is to change. */

/** One that is new, or was retired, begins; another that was filling is not wanted any more. */
export function beginFilling(
  known: readonly CountedEncoder[],
  { description, trainedOn }: Pick<EncoderRecord, 'description' | 'trainedOn'>,
  now: number,
): readonly EncoderRecord[] {
  const before = encoderNamed(known, description.encoder)
  if (before !== undefined && before.state !== 'retired') return []
  const begun: EncoderRecord = {
    ...{ description, state: 'filling', version: (before?.version ?? 0) + 1, vectors: 0, since: now },
    trainedOn: trainedOn ?? before?.trainedOn ?? null,
  }
  return [...turned(inState(known, 'filling'), 'retired', now), begun]
}

/** The one that is filling has read everything: it serves, the one before stands by. */
export function beginServing(known: readonly CountedEncoder[], encoder: string, now: number): readonly EncoderRecord[] {
  const filled = encoderNamed(known, encoder)
  if (filled?.state !== 'filling') return []
  return [
    ...turned(inState(known, 'standby'), 'retired', now),
    ...turned(inState(known, 'serving'), 'standby', now),
    nowServing(filled, now),
  ]
}

/** Back to the one that stands by, or to stay with the one that serves: what was filling is not wanted any more. */
export function goBack(known: readonly CountedEncoder[], encoder: string, now: number): readonly EncoderRecord[] {
  const wanted = encoderNamed(known, encoder)
  if (wanted?.state !== 'standby' && wanted?.state !== 'serving') return []
  const unwanted = turned(inState(known, 'filling'), 'retired', now)
  if (wanted.state === 'serving') return unwanted
  return [...unwanted, ...turned(inState(known, 'serving'), 'standby', now), nowServing(wanted, now)]
}

/** One that stood by for the whole roll-back window goes. */
export function retireExpired(
  known: readonly CountedEncoder[],
  now: number,
  rollBackMs: number,
): readonly EncoderRecord[] {
  const standby = inState(known, 'standby')
  return standby !== undefined && now - standby.since >= rollBackMs ? turned(standby, 'retired', now) : []
}

export const publishedOf = ({ description, state, vectors }: EncoderRecord): PublishedEncoder => ({
  encoder: description.encoder,
  kind: description.kind,
  name: description.name,
  dimensions: description.dimensions,
  languages: description.languages === null ? null : [...description.languages],
  state,
  vectors,
})

export const publishedEvent = (record: EncoderRecord, { now, newEventId }: Occasion): Envelope<PublishedEncoder> => ({
  id: newEventId(),
  schema: encoderPublished.schema,
  key: record.description.encoder,
  version: record.version,
  occurredAt: now,
  recordedAt: now,
  deleted: false,
  market: {},
  payload: publishedOf(record),
})
