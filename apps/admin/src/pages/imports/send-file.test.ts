import { describe, expect, it } from 'vitest'
import { begunWith, sendFile } from './send-file.ts'

const bytes = Uint8Array.from({ length: 1_200_000 }, (_, at) => (at * 31) % 251)
const file = new Blob([bytes])

/** A gateway that keeps what it gets, in order. */
function receiver() {
  const kept = new Uint8Array(bytes.length)
  let received = 0
  const calls: number[] = []
  return {
    kept,
    calls,
    begun: { id: 'i', received: 0, state: 'receiving' },
    append: async ({ id, offset, data }: { id: string; offset: number; data: string }) => {
      calls.push(offset)
      expect(offset).toBe(received)
      const piece = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))
      kept.set(piece, offset)
      received += piece.length
      return { id, received, state: received === bytes.length ? 'waiting' : 'receiving' }
    },
  }
}

describe('sending a file', () => {
  it('sends every byte in order, in pieces, and says how far it is', async () => {
    const { kept, calls, begun, append } = receiver()
    const told: number[] = []
    const signal = new AbortController().signal
    const done = await sendFile({ file, begun, append, onProgress: (received) => told.push(received), signal })
    expect(done).toEqual({ id: 'i', received: bytes.length, state: 'waiting' })
    expect(Buffer.compare(kept, bytes)).toBe(0)
    expect(calls).toEqual([0, 524_288, 1_048_576])
    expect(told).toEqual([524_288, 1_048_576, 1_200_000])
  })

  it('stops when told, and goes on later from what has arrived', async () => {
    const { kept, calls, begun, append } = receiver()
    const stop = new AbortController()
    const onProgress = () => stop.abort(new Error('enough'))
    await expect(sendFile({ file, begun, append, onProgress, signal: stop.signal })).rejects.toThrow('enough')
    const left = { ...begun, received: 524_288 }
    await sendFile({ file, begun: left, append, onProgress: () => {}, signal: new AbortController().signal })
    expect(calls).toEqual([0, 524_288, 1_048_576])
    expect(Buffer.compare(kept, bytes)).toBe(0)
  })

  it('knows the import that the same file had begun', () => {
    const imports = [
      { id: 'a', received: 9, state: 'receiving', fileName: 'shop.jsonl', bytes: 10 },
      { id: 'b', received: 5, state: 'receiving', fileName: 'shop.jsonl', bytes: 20 },
      { id: 'c', received: 20, state: 'done', fileName: 'shop.jsonl', bytes: 20 },
    ]
    expect(begunWith(imports, { name: 'shop.jsonl', size: 20 })?.id).toBe('b')
    expect(begunWith(imports, { name: 'other.jsonl', size: 20 })).toBeNull()
  })
})
