import { setTimeout as wait } from 'node:timers/promises'
import type { EmbeddingStatus, IndexerStatus } from '@eip/contracts'

export type VectorCount = Readonly<{ encoder: string; source: number; view: number }>

type Asked = Readonly<{
  encoders(): Promise<EmbeddingStatus>
  view(): Promise<IndexerStatus>
  patienceMs?: number
}>

const lookMs = 200

/**
 * How many products have a vector, by each encoder that is held: by the book of who makes them, and in the view that serves. Numbers
 * that differ are asked for again while the view has moved on, or the patience lasts.
 */
export async function countVectors({ encoders, view, patienceMs = 30_000 }: Asked): Promise<readonly VectorCount[]> {
  const end = performance.now() + patienceMs
  let before = ''
  for (;;) {
    const [known, status] = await Promise.all([encoders(), view()])
    const serving = status.generations.find(({ state }) => state === 'serving')
    const counts = known.encoders
      .filter(({ state }) => state !== 'retired')
      .map(({ encoder, embedded: source }) => {
        const held = serving?.encoders.find((each) => each.encoder === encoder)
        return { encoder, source, view: held?.vectors ?? 0 }
      })
    const now = JSON.stringify(counts)
    const isSettled = status.lag === 0 && now === before
    if (counts.every(({ source, view: held }) => source === held) || isSettled || performance.now() >= end)
      return counts
    before = now
    await wait(lookMs)
  }
}
