import { describe, expect, it } from 'vitest'
import { nothingSent, type SentRows, sendRows } from './send-rows.ts'

const rows = Array.from({ length: 2_500 }, (_, at) => ({ line: at * 2 + 2, row: { number: at } }))
const whatever = new AbortController().signal

describe('sending rows', () => {
  it('sends every row once, in order, in batches, and says how far it is', async () => {
    const batches: number[][] = []
    const told: number[] = []
    const done = await sendRows({
      ...{ rows, batchSize: 1_000, signal: whatever },
      send: async (some, batch) => {
        batches[batch] = some.map(({ number }) => Number(number))
        return { counts: { changed: some.length }, rejected: [] }
      },
      onProgress: ({ sent }) => told.push(sent),
    })
    expect(batches.flat()).toEqual(rows.map(({ row }) => row.number))
    expect(batches.map(({ length }) => length)).toEqual([1_000, 1_000, 500])
    expect(told).toEqual([1_000, 2_000, 2_500])
    expect(done).toEqual({ sent: 2_500, counts: { changed: 2_500 }, refused: [] })
  })

  it('tells refused rows by the line that they stand in', async () => {
    const { refused, counts } = await sendRows({
      ...{ rows, batchSize: 1_000, signal: whatever, onProgress: () => {} },
      send: async (some, batch) => ({
        counts: { unchanged: some.length - 1 },
        rejected: [{ index: 3, field: 'onHand', reason: `of batch ${batch}` }],
      }),
    })
    expect(refused.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
      ...['8 of batch 0', '2008 of batch 1', '4008 of batch 2'],
    ])
    expect(counts).toEqual({ unchanged: 2_497 })
  })

  it('stops between two batches when told, and what was sent is known', async () => {
    const stop = new AbortController()
    let known: SentRows = nothingSent
    const sending = sendRows({
      ...{ rows, batchSize: 1_000, signal: stop.signal },
      send: async (some) => ({ counts: { changed: some.length }, rejected: [] }),
      onProgress(so) {
        known = so
        stop.abort(new Error('enough'))
      },
    })
    await expect(sending).rejects.toThrow('enough')
    expect(known.sent).toBe(1_000)
  })
})
