import type { Position } from '@eip/contracts'
import type { TopicCount } from '../../event-log.port.ts'
import { positionKey } from '../../position.ts'
import type { FetchedRow } from './fetching.ts'
import { noteKey, numberIn, readNoteKey } from './note-codec.ts'

/** `at`: where its bytes stand in the topic of notes. */
export type Parked = Readonly<{ position: Position; at: number }>
/** `place` only grows and is never used again. */
export type Retry = Parked & Readonly<{ place: number; until: number }>
export type Replay = Readonly<{ position: Position; at: number }>

type GroupFold = {
  readonly parked: Map<string, Parked>
  readonly retries: Map<string, Omit<Retry, 'at'>>
  readonly replays: Map<string, Replay>
}

/** What the notes say in the end: the last one for each key counts. Holds places, not bytes. */
export interface NoteFold {
  /** Takes the next rows of the topic and answers with the groups that they concern. */
  add(rows: readonly FetchedRow[]): ReadonlySet<string>
  counts(): readonly TopicCount[]
  /** Oldest first; without those that are to be given again. */
  parked(group: string): readonly Parked[]
  isParked(group: string, position: Position): boolean
  /** By partition and place. */
  retries(group: string, topic: string): readonly Retry[]
  isRetried(group: string, position: Position): boolean
  replays(group: string): readonly Replay[]
}

export function noteFold(): NoteFold {
  const groups = new Map<string, GroupFold>()
  const foldOf = (group: string): GroupFold => {
    const known = groups.get(group) ?? { parked: new Map(), retries: new Map(), replays: new Map() }
    groups.set(group, known)
    return known
  }

  function addOne({ offset: at, key, value }: FetchedRow): string | undefined {
    const note = readNoteKey(key?.toString('utf8') ?? '')
    if (note === undefined) return undefined
    const { kind, group, position } = note
    const fold = foldOf(group)
    const name = noteKey({ ...note, kind: 'parked' })
    const text = value?.toString('utf8')
    if (kind === 'replay') {
      const key = positionKey(position)
      if (text === undefined) fold.replays.delete(key)
      else fold.replays.set(key, { position: { ...position, offset: numberIn(text, 'offset') }, at })
    } else if (kind === 'retry') {
      if (text === undefined) fold.retries.delete(name)
      else if (!fold.retries.has(name)) fold.retries.set(name, { position, place: at, until: numberIn(text, 'until') })
    } else {
      // Behind the others, as the newest.
      fold.parked.delete(name)
      if (text !== undefined) fold.parked.set(name, { position, at })
    }
    return group
  }

  const keyOf = (group: string, position: Position) => noteKey({ kind: 'parked', group, position })
  const isRetried = (group: string, position: Position) => foldOf(group).retries.has(keyOf(group, position))
  const parked = (group: string) => {
    const { parked: all, retries } = foldOf(group)
    return [...all].filter(([key]) => !retries.has(key)).map(([, one]) => one)
  }

  return Object.freeze({
    add: (rows: readonly FetchedRow[]) => new Set(rows.map(addOne).filter((group) => group !== undefined)),
    counts: () =>
      [...groups.keys()].flatMap((group) => {
        const byTopic = Map.groupBy(parked(group), ({ position }) => position.topic)
        return [...byTopic].map(([topic, own]) => ({ group, topic, messages: own.length }))
      }),
    parked,
    isParked: (group: string, position: Position) =>
      foldOf(group).parked.has(keyOf(group, position)) && !isRetried(group, position),
    isRetried,
    retries(group: string, topic: string) {
      const { parked: all, retries } = foldOf(group)
      return [...retries]
        .filter(([, { position }]) => position.topic === topic)
        .flatMap(([key, retry]) => {
          const at = all.get(key)?.at
          return at === undefined ? [] : [{ ...retry, at }]
        })
        .sort((a, b) => a.position.partition - b.position.partition || a.place - b.place)
    },
    replays: (group: string) => [...foldOf(group).replays.values()],
  })
}
