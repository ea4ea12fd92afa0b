import { setTimeout as wait } from 'node:timers/promises'
import type { ChangeKind } from './change-kind.ts'

/** Calls that may wait for their answers; the platform holds back who sends more. */
const mostUnderWay = 4

export type Stream = Readonly<{ accepted: number; seconds: number }>

type Options = Readonly<{ perSecond: number; signal: AbortSignal }>

/** Makes changes at a steady rate until `signal` ends it. */
export async function streamChanges(
  { stream, batchSize }: Pick<ChangeKind, 'stream' | 'batchSize'>,
  { perSecond, signal }: Options,
): Promise<Stream> {
  const underWay = new Set<Promise<unknown>>()
  const began = performance.now()
  let sent = 0
  let accepted = 0
  let failed: unknown
  while (!signal.aborted && failed === undefined) {
    const early = began + (sent * 1_000) / perSecond - performance.now()
    if (early > 0) await wait(early, undefined, { signal }).catch(() => {})
    if (underWay.size >= mostUnderWay) await Promise.race(underWay)
    if (signal.aborted || failed !== undefined) break
    const sending: Promise<unknown> = stream(sent)
      .then(
        (count) => {
          if (!signal.aborted) accepted += count
        },
        (error: unknown) => {
          failed ??= error
        },
      )
      .finally(() => underWay.delete(sending))
    underWay.add(sending)
    sent += batchSize
  }
  const seconds = (performance.now() - began) / 1_000
  await Promise.all(underWay)
  if (failed !== undefined) throw failed
  return { accepted, seconds }
}
