import type { CommitOffset, Generation, GroupProtocol } from './group-protocol.ts'

/** Offsets on their way to the coordinator. What it did not take stays, and goes with the next ones. */
export interface CommitBook {
  /** From now on these are sent as that generation's. Without one, nothing is taken and nothing is left. */
  begin(generation: Generation | undefined): void
  add(offsets: readonly CommitOffset[]): void
  /** Resolves when all that was added has been stored. One request at a time, so that an older one cannot come after. */
  flush(): Promise<void>
}

export function commitBook(protocol: Pick<GroupProtocol, 'commit'>): CommitBook {
  const waiting = new Map<string, CommitOffset>()
  let generation: Generation | undefined
  let flushing: Promise<void> = Promise.resolve()

  async function send(): Promise<void> {
    if (generation === undefined || waiting.size === 0) return
    const sent = [...waiting]
    await protocol.commit(
      generation,
      sent.map(([, offset]) => offset),
    )
    for (const [key, offset] of sent) if (waiting.get(key) === offset) waiting.delete(key)
  }

  return Object.freeze({
    begin(next: Generation | undefined) {
      waiting.clear()
      generation = next
    },
    add(offsets: readonly CommitOffset[]) {
      if (generation === undefined) return
      for (const offset of offsets) waiting.set(`${offset.topic}/${offset.partition}`, offset)
    },
    flush() {
      flushing = flushing.catch(() => undefined).then(send)
      return flushing
    },
  })
}
