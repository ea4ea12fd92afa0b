import type { Clock } from '@eip/kernel'
import type { Logger } from '@eip/telemetry'
import type { CountedEncoder, EncoderRecord } from '../domain/encoder-states.ts'
import { type VectorStanding, withdrawal } from '../domain/vector-change.ts'
import type { EmbeddingLedger } from '../ports/embedding-ledger.port.ts'
import type { EncoderFeeds } from './encoder-feeds.ts'
import { occasionAt } from './occasion.ts'

/** Vectors of a retired encoder that go in one transaction. */
const withdrawnAtOnce = 500

type Needs = Readonly<{ ledger: EmbeddingLedger; feeds: EncoderFeeds; clock: Clock; logger: Logger }>

export interface EncoderChanges {
  /** Does the work when all that was asked for earlier is done: changes of state never overlap. */
  inTurn<T>(work: () => Promise<T>): Promise<T>
  /** Writes what is decided, and has those read that are to. In a turn. */
  apply(decide: (known: readonly CountedEncoder[], now: number) => readonly EncoderRecord[]): Promise<void>
  /** Takes away some vectors of a retired encoder; false when there are none any more. In a turn. */
  withdrawSome(encoder: string): Promise<boolean>
  /** No feed is opened from now on. */
  end(): void
}

export function encoderChanges({ ledger, feeds, clock, logger }: Needs): EncoderChanges {
  let last: Promise<unknown> = Promise.resolve()
  let isOver = false
  return Object.freeze({
    inTurn<T>(work: () => Promise<T>): Promise<T> {
      const turn = last.then(work)
      last = turn.catch(() => {})
      return turn
    },
    async apply(decide: (known: readonly CountedEncoder[], now: number) => readonly EncoderRecord[]) {
      const now = clock.now()
      let changed: readonly EncoderRecord[] = []
      const known = await ledger.changeEncoders(occasionAt(now), (all) => {
        changed = decide(all, now)
        return changed
      })
      for (const { description, state } of changed)
        logger.info({ encoder: description.encoder, state }, 'an encoder changed its state')
      if (!isOver) await feeds.matchTo(known)
    },
    async withdrawSome(encoder: string) {
      const occasion = occasionAt(clock.now())
      const eventOf = (product: string, standing: VectorStanding) => withdrawal(encoder, product, standing, occasion)
      return (await ledger.withdraw(encoder, withdrawnAtOnce, eventOf)) > 0
    },
    end() {
      isOver = true
    },
  })
}
