import type { EncoderText, TextEncoder } from '@eip/engine-text-encoder'
import { silentLogger } from '@eip/telemetry'
import { describe, expect, it } from 'vitest'
import { steadyEncoder } from './steady-encoder.ts'

const textOf = (title: string): EncoderText => ({
  ...{ title, brand: null, categoryPath: [], attributes: {}, description: '', reviews: [], language: null },
})
const signal = new AbortController().signal

/** An encoder of one dimension: the length of the title. Whatever `encode` answers or throws is its answer. */
function openable(encode: (titles: readonly string[], life: number) => Float32Array) {
  const lives: { asked: number; isClosed: boolean }[] = []
  const open = async (): Promise<TextEncoder> => {
    const life = { asked: 0, isClosed: false }
    const number = lives.push(life)
    return {
      description: { encoder: 'a', kind: 'catalogue', name: '', dimensions: 1, languages: null },
      encodeProducts: async (texts) => {
        life.asked += texts.length
        return encode(
          texts.map(({ title }) => title),
          number,
        )
      },
      encodeQueries: async () => new Float32Array(),
      close: async () => {
        life.isClosed = true
      },
    }
  }
  return { lives, steady: steadyEncoder({ open, logger: silentLogger, retryDelayMs: 1 }) }
}
const lengths = (titles: readonly string[]) => Float32Array.from(titles, ({ length }) => length)
const numbers = (vectors: readonly (Float32Array | null)[]) => vectors.map((vector) => vector?.[0] ?? null)

describe('a steady encoder', () => {
  it('opens when it is first needed, and answers in order', async () => {
    const { steady, lives } = openable(lengths)
    expect(numbers(await steady.encode([textOf('a'), textOf('abc')], signal))).toEqual([1, 3])
    expect(await steady.encode([], signal)).toEqual([])
    expect(lives).toHaveLength(1)
    await steady.close()
    expect(lives[0]!.isClosed).toBe(true)
  })

  it('is opened again when it has died, and no text is blamed for it', async () => {
    const { steady, lives } = openable((titles, life) => {
      if (life === 1 && lives[0]!.asked > 2) throw new Error('the thread has died')
      return lengths(titles)
    })
    expect(numbers(await steady.encode(['a', 'bb'].map(textOf), signal))).toEqual([1, 2])
    expect(numbers(await steady.encode(['a', 'bb', 'c'].map(textOf), signal))).toEqual([1, 2, 1])
    expect(lives.map(({ isClosed }) => isClosed)).toEqual([true, false])
    expect(steady.trouble()).toBeNull()
  })

  it('blames a text that fails twice while the encoder reads others', async () => {
    const { steady, lives } = openable((titles) => {
      if (titles.includes('bad')) throw new Error('not this one')
      return lengths(titles)
    })
    expect(numbers(await steady.encode(['a', 'bad', 'cc'].map(textOf), signal))).toEqual([1, null, 2])
    expect(lives).toHaveLength(1)
  })

  it('waits for one that opens but does not work, says so, and goes on with the next that does', async () => {
    let isBroken = true
    const { steady, lives } = openable((titles) => {
      if (isBroken) throw new Error('no memory')
      return lengths(titles)
    })
    const answer = steady.encode([textOf('abc')], signal)
    while (lives.length < 3) await new Promise(setImmediate)
    expect(steady.trouble()).toBe('no memory')
    isBroken = false
    expect(numbers(await answer)).toEqual([3])
    expect(steady.trouble()).toBeNull()
    expect(lives.slice(0, -1).every(({ isClosed }) => isClosed)).toBe(true)
  })

  it('gives no vector where numbers are not finite or of the wrong count', async () => {
    const { steady } = openable((titles) => (titles.includes('nan') ? Float32Array.of(Number.NaN) : lengths(titles)))
    expect(numbers(await steady.encode([textOf('nan'), textOf('a')], signal))).toEqual([null, 1])
    const { steady: short } = openable((titles) => (titles.includes('b') ? new Float32Array(5) : lengths(titles)))
    expect(numbers(await short.encode([textOf('a'), textOf('b')], signal))).toEqual([1, null])
  })

  it('stops waiting when it is told to', async () => {
    const { steady, lives } = openable(() => {
      throw new Error('broken')
    })
    const stopping = new AbortController()
    const answer = steady.ready(stopping.signal)
    while (lives.length < 2) await new Promise(setImmediate)
    stopping.abort()
    await expect(answer).rejects.toThrow()
  })
})
