import { beginServing, type CountedEncoder, encoderNamed, inState, retireExpired } from '../domain/encoder-states.ts'
import { encoderChanges } from './change-encoders.ts'
import { encoderFeeds, type FeedsOptions } from './encoder-feeds.ts'
import { type EncoderFeed, groupOf, topics } from './feed-encoder.ts'
import { repeating } from './repeating.ts'
import { takeOver } from './take-over.ts'

/** An encoder as it stands, and how its reading goes; `feed` is null for one that reads nothing. */
export type KeptEncoder = Readonly<{ record: CountedEncoder; feed: EncoderFeed | null }>

export interface EncoderKeeping {
  /** Takes up where the ledger stands; encoders open and read in the background. */
  start(): Promise<void>
  kept(): Promise<readonly KeptEncoder[]>
  /** Product changes that the encoder has not read yet. */
  lag(encoder: string): Promise<number>
  /** Lets the encoder take over: at once if it stands by, else when it has read everything. Fails with `embedding.no-such-encoder`. */
  use(encoder: string): Promise<void>
  /** The same for one that was trained on so many products; nothing happens if it is the one that serves. */
  adopt(encoder: string, trainedOn: number): Promise<void>
  /** Finishes what is at hand. May be called again. */
  stop(): Promise<void>
}

export type KeepingOptions = FeedsOptions &
  Readonly<{
    /** How long one that served can be gone back to. */
    rollBackMs: number
    /** How often it is looked whether an encoder's state is to change. */
    lookEveryMs: number
  }>

/** Keeps what the ledger says of encoders true: who reads, who serves, whose vectors go. */
export function keepEncoders(options: KeepingOptions): EncoderKeeping {
  const { bus, ledger, clock, logger, rollBackMs, lookEveryMs } = options
  const feeds = encoderFeeds(options)
  const changes = encoderChanges({ ledger, feeds, clock, logger })
  const take = takeOver({ ...options, feeds, changes })
  let stopLooking = async () => {}

  const lag = async (encoder: string): Promise<number> =>
    Object.values(await bus.lag(groupOf(encoder), topics)).reduce((sum, events) => sum + events, 0)

  /** Reads before it writes: mostly nothing is to change. */
  async function look(): Promise<void> {
    const known = await ledger.encoders()
    await feeds.matchTo(known)
    const filling = inState(known, 'filling')?.description.encoder
    if (filling !== undefined && feeds.of(filling)?.isReading() && (await lag(filling)) === 0)
      await changes.apply((all, now) => beginServing(all, filling, now))
    if (retireExpired(known, clock.now(), rollBackMs).length > 0)
      await changes.apply((all, now) => retireExpired(all, now, rollBackMs))
  }
  /** A slice at a time, others' turns in between. */
  async function withdrawRetired(signal: AbortSignal): Promise<void> {
    for (const { description, state } of await ledger.encoders()) {
      if (state !== 'retired') continue
      while (!signal.aborted && (await changes.inTurn(() => changes.withdrawSome(description.encoder)))) {}
    }
  }
  const lookAround = async (signal: AbortSignal) => {
    try {
      await changes.inTurn(look)
      await withdrawRetired(signal)
    } catch (error) {
      logger.warn({ err: error }, 'encoders could not be looked after: tried again')
    }
  }

  return Object.freeze({
    lag,
    async start() {
      await changes.inTurn(look)
      stopLooking = repeating(lookAround, lookEveryMs)
    },
    kept: async () =>
      (await ledger.encoders()).map((record) => ({ record, feed: feeds.of(record.description.encoder) })),
    use: (encoder: string) => changes.inTurn(() => take(encoder, null)),
    adopt: (encoder: string, trainedOn: number) =>
      changes.inTurn(async () => {
        const state = encoderNamed(await ledger.encoders(), encoder)?.state
        if (state !== 'serving') await take(encoder, trainedOn)
      }),
    async stop() {
      changes.end()
      await stopLooking()
      await changes.inTurn(feeds.closeAll)
    },
  })
}
