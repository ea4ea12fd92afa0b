import { embeddingFailure } from '@eip/contracts'
import type { EncoderDescription } from '@eip/engine-text-encoder'
import { isFailure } from '@eip/kernel'
import { beginFilling, encoderNamed, goBack, isFed } from '../domain/encoder-states.ts'
import type { EncoderChanges } from './change-encoders.ts'
import type { EncoderFeeds, FeedsOptions } from './encoder-feeds.ts'
import { groupOf, topics } from './feed-encoder.ts'
import { openArtifact } from './open-artifact.ts'

type Needs = Pick<FeedsOptions, 'bus' | 'artifacts' | 'ledger' | 'openEncoder'> &
  Readonly<{ feeds: EncoderFeeds; changes: EncoderChanges }>

/** Lets an encoder take over; `trainedOn`: products of the catalogue that it was trained on, null where that is not known. In a turn. */
export function takeOver({ feeds, changes, ...needs }: Needs) {
  const { bus, ledger } = needs

  async function describe(encoder: string): Promise<EncoderDescription> {
    const opened = await openArtifact(needs, encoder).catch((error: unknown) => {
      if (!isFailure(error) || error.code !== 'artifacts.not-found') throw error
      throw embeddingFailure('embedding.no-such-encoder', `there is no encoder "${encoder}"`, { encoder })
    })
    await opened.close()
    return opened.description
  }
  async function begin(description: EncoderDescription, trainedOn: number | null): Promise<void> {
    const { encoder } = description
    // The vectors it had before must be gone for everyone, so that it makes them anew …
    while (await changes.withdrawSome(encoder)) {}
    // … from the first change on, whatever its group has read in an earlier life.
    await bus.replay(groupOf(encoder), topics, 'start')
    await changes.apply((known, now) => beginFilling(known, { description, trainedOn }, now))
  }
  return async (encoder: string, trainedOn: number | null): Promise<void> => {
    const record = encoderNamed(await ledger.encoders(), encoder)
    if (record === undefined || !isFed(record)) return begin(await describe(encoder), trainedOn)
    // Nobody can be served by one that does not open: whoever asks hears why.
    if (feeds.of(encoder)?.trouble()) await describe(encoder)
    await changes.apply((known, now) => goBack(known, encoder, now))
  }
}
