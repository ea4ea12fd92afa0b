import type { EmbeddingStatus, IndexerStatus } from '@eip/contracts'
import { expect, it } from 'vitest'
import { countVectors } from './compare-vectors.ts'

const encoderOf = (encoder: string, embedded: number, state: 'serving' | 'retired' = 'serving') => ({
  ...{ encoder, embedded, state, kind: 'catalogue' as const, name: encoder, dimensions: 8, languages: null },
  ...{ vectors: 0, lag: 0, perSecond: 0, trouble: null },
})
const made =
  (...encoders: EmbeddingStatus['encoders']) =>
  async (): Promise<EmbeddingStatus> => ({
    ...{ encoders, training: null, trouble: null },
  })
const at = '2026-01-01T00:00:00.000Z'
const viewWith = (lag: number, ...encoders: { encoder: string; vectors: number }[]): IndexerStatus => ({
  ...{ documents: 9, lag, parked: 0, generation: 'h' },
  generations: [
    {
      ...{
        name: 'g1',
        state: 'serving',
        documents: 9,
        vectors: 9,
        encoders,
        segments: 1,
        bytes: 1,
        begunAt: at,
        since: at,
      },
      ...{ keptUntil: null, eventsRead: 9, eventsLeft: lag, parked: 0, peakMemoryBytes: null, trouble: null },
    },
  ],
})

it('counts by encoder, and leaves out those that are let go of', async () => {
  const view = async () => viewWith(0, { encoder: 'a', vectors: 9 })
  expect(await countVectors({ encoders: made(encoderOf('a', 9), encoderOf('b', 0, 'retired')), view })).toEqual([
    { encoder: 'a', source: 9, view: 9 },
  ])
})

it('tells vectors that the view lacks, when nothing is on its way any more', async () => {
  const view = async () => viewWith(0, { encoder: 'a', vectors: 7 })
  expect(await countVectors({ encoders: made(encoderOf('a', 9), encoderOf('b', 3)), view })).toEqual([
    { encoder: 'a', source: 9, view: 7 },
    { encoder: 'b', source: 3, view: 0 },
  ])
})

it('waits for those that are on their way', async () => {
  const views = [viewWith(2, { encoder: 'a', vectors: 7 }), viewWith(2, { encoder: 'a', vectors: 7 })]
  const view = async () => views.shift() ?? viewWith(0, { encoder: 'a', vectors: 9 })
  expect(await countVectors({ encoders: made(encoderOf('a', 9)), view })).toEqual([
    { encoder: 'a', source: 9, view: 9 },
  ])
})
