import type { Logger } from '@eip/telemetry'
import { encoderNamed, isFed } from '../domain/encoder-states.ts'
import type { EncoderKeeping } from './keep-encoders.ts'

/**
 * What the configuration wants of a platform that starts: an encoder trained on the catalogue, nothing by itself, or the
 * artefact of that id.
 */
export type EncoderPolicy = Readonly<{ startsWith: 'auto' | 'manual' | (string & {}) }>

/**
 * Lets the configured artefact take over where it never did, or where no encoder is in use. One that was used and left
 * again was left by somebody's wish, which outlives a restart.
 */
export async function followPolicy(
  { startsWith }: EncoderPolicy,
  { keeping, logger }: Readonly<{ keeping: EncoderKeeping; logger: Logger }>,
): Promise<void> {
  if (startsWith === 'auto' || startsWith === 'manual') return
  const known = (await keeping.kept()).map(({ record }) => record)
  const record = encoderNamed(known, startsWith)
  if (record === undefined || !known.some(isFed)) await keeping.use(startsWith)
  else if (record.state !== 'serving' && record.state !== 'filling')
    logger.info({ encoder: startsWith, state: record.state }, 'the configured encoder was replaced by request')
}
