import { failures } from '@eip/kernel'
import { type Latency, latencyOf } from '@eip/testkit'
import type { ChangeKind } from './change-kind.ts'
import { type Stream, streamChanges } from './change-stream.ts'
import type { PlatformUnderTest } from './platform-under-test.ts'
import { untilVisible } from './until-visible.ts'

const failure = failures({
  'bench.never-visible': {
    kind: 'deadline',
    cure: 'See the log of the platform and npx eip verify: the serving view stands still, or is far behind.',
  },
})

/** How long until searches show changes that were accepted. */
export type Freshness = Readonly<{ accepting: Latency; visible: Latency; changes: number }>

export type FreshnessUnderLoad = Freshness &
  Readonly<{
    stream: Stream /** From the end of the stream until all of it could be found. */
    caughtUpSeconds: number
  }>

type Report = (text: string) => void
type Work = Readonly<{ platform: PlatformUnderTest; kind: ChangeKind; report: Report }>

const patienceMs = 120_000

/** `changes` one after the other, the next one made when a search has shown the one before. */
export async function freshness(work: Work, changes: number): Promise<Freshness> {
  const probe = probes(work)
  while (probe.count() < changes) await probe.once()
  return probe.result()
}

/** As `freshness`, while `perSecond` changes of other products stream in for so many seconds. */
export async function freshnessUnderLoad(
  { platform, kind, report }: Work,
  { perSecond, seconds }: Readonly<{ perSecond: number; seconds: number }>,
): Promise<FreshnessUnderLoad> {
  const probe = probes({ platform, kind, report })
  const ending = new AbortController()
  const streaming = streamChanges(kind, { perSecond, signal: ending.signal })
  // Whatever fails first ends the other, and is told below.
  streaming.catch(() => ending.abort())
  const end = performance.now() + seconds * 1_000
  try {
    do await probe.once()
    while (performance.now() < end && !ending.signal.aborted)
  } finally {
    ending.abort()
  }
  const stream = await streaming
  const ended = performance.now()
  await untilVisible(platform, ({ behind }) => report(`${behind} changes left to index`))
  return { ...probe.result(), stream, caughtUpSeconds: (performance.now() - ended) / 1_000 }
}

/** Makes changes one at a time, each of another product, and looks for each until it is shown. */
function probes({ platform: { told }, kind, report }: Work) {
  const accepting: number[] = []
  const visible: number[] = []
  return {
    count: () => visible.length,
    async once(): Promise<void> {
      told.throwIfAborted()
      const { make, isShown } = await kind.next(visible.length)
      const sent = performance.now()
      await make()
      const accepted = performance.now()
      while (!(await isShown()))
        if (performance.now() > accepted + patienceMs)
          throw failure('bench.never-visible', `change ${visible.length} was not shown within ${patienceMs / 1_000} s`)
      accepting.push(accepted - sent)
      visible.push(performance.now() - accepted)
      report(`${visible.length} changes seen`)
    },
    result: (): Freshness => ({
      accepting: latencyOf(accepting),
      visible: latencyOf(visible),
      changes: visible.length,
    }),
  }
}
