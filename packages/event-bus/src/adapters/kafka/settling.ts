import type { Position } from '@eip/contracts'
import type { Settlement } from '../../event-log.port.ts'
import type { GroupNotes, NoteToWrite } from './group-notes.ts'

const sameAs = (a: Position) => (b: Position) =>
  a.topic === b.topic && a.partition === b.partition && a.offset === b.offset

/** The notes that say what a reader has done with messages it could not handle, or was given again. */
export function notesOf(notes: GroupNotes, group: string, { parked, retried }: Settlement): readonly NoteToWrite[] {
  const set = parked.map(({ position, attempts, reason, parkedAt, body }) => {
    return { kind: 'parked' as const, group, position, value: { attempts, reason, parkedAt, body } }
  })
  const done = retried.flatMap(({ topic, partition, offset: place }) =>
    notes.fold
      .retries(group, topic)
      .filter((retry) => retry.position.partition === partition && retry.place < place)
      .flatMap(({ position }) => {
        const isParkedAgain = parked.some((one) => sameAs(one.position)(position))
        const over = { kind: 'retry' as const, group, position }
        return isParkedAgain ? [over] : [over, { kind: 'parked' as const, group, position }]
      }),
  )
  return [...set, ...done]
}
