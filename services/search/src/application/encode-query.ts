import { setTimeout as after } from 'node:timers/promises'
import type { TextEncoder } from '@eip/engine-text-encoder'
import { isFailure } from '@eip/kernel'
import { LRUCache } from 'lru-cache'
import { isUnderstood } from '../domain/encoder-language.ts'
import type { NearnessFloor } from './nearness-floor.ts'
import type { SearchMetrics } from './search-metrics.ts'
import type { LoadedEncoder, ServingEncoder } from './serving-encoder.ts'

/** What read the query. */
type EncoderInUse = Readonly<{ encoder: string; kind: 'catalogue' | 'transformer' }>

type ReadQuery = Readonly<{ values: Float32Array; floor: NearnessFloor }>

/** Why a query goes without a vector. The last three are a loss (`degraded`); the first three are as it should be. */
export type WithoutVector = 'no-encoder' | 'language' | 'unreadable' | 'deadline' | 'overloaded' | 'failed'

export type EncodedQuery =
  | (Readonly<{ outcome: 'vector' }> & ReadQuery & EncoderInUse)
  | Readonly<{ outcome: 'none'; reason: WithoutVector }>

export const isLoss = (reason: WithoutVector): boolean =>
  reason === 'deadline' || reason === 'overloaded' || reason === 'failed'

/** Queries remembered with their vectors: some 20 MB when full. */
const mostRemembered = 10_000
/** However much time a call has, words alone are better than a page that comes so much later. */
const longestWaitMs = 100

type Needs = Readonly<{ serving: Pick<ServingEncoder, 'died'>; metrics: SearchMetrics }>
type Asked = Readonly<{ loaded: LoadedEncoder | null; text: string; language: string; budgetMs: number }>

/**
 * Reads a query by an encoder: from memory, or in the encoder's thread within `budgetMs` (a hundred at most).
 * What comes too late is remembered for the next one who asks. Two who ask at once wait for one answer.
 */
export function encodeQuery({ serving, metrics }: Needs): (asked: Asked) => Promise<EncodedQuery> {
  const remembered = new LRUCache<string, ReadQuery>({ max: mostRemembered })
  const underWay = new Map<string, Promise<EncodedQuery>>()

  const ask = async (loaded: LoadedEncoder, text: string, key: string): Promise<EncodedQuery> => {
    const { encoder, floorOf } = loaded
    try {
      const values = await encoder.encodeQueries([text])
      // The view would refuse it, and with it the words.
      if (!isVector(values, encoder)) return { outcome: 'none', reason: 'failed' }
      const read = { values, floor: floorOf(values) }
      remembered.set(key, read)
      return answerOf(loaded, read)
    } catch (error) {
      const code = isFailure(error) ? error.code : ''
      if (code === 'text-encoder.stopped') serving.died(encoder)
      return { outcome: 'none', reason: code === 'text-encoder.overloaded' ? 'overloaded' : 'failed' }
    } finally {
      underWay.delete(key)
    }
  }
  return async ({ loaded, text, language, budgetMs }) => {
    if (loaded === null) return { outcome: 'none', reason: 'no-encoder' }
    const { encoder, languages } = loaded.published
    if (!isUnderstood(text, language, languages)) return { outcome: 'none', reason: 'language' }
    const spoken = text.replace(/\s+/gu, ' ')
    const key = `${encoder}\n${spoken}`
    const known = remembered.get(key)
    metrics.queryVector(known ? 'hit' : 'miss')
    if (known) return answerOf(loaded, known)
    const waitMs = Math.min(longestWaitMs, budgetMs)
    if (waitMs <= 0) return { outcome: 'none', reason: 'deadline' }
    const asked = underWay.get(key) ?? ask(loaded, spoken, key)
    underWay.set(key, asked)
    return within(asked, waitMs)
  }
}

const isVector = (values: Float32Array, { description }: TextEncoder): boolean =>
  values.length === description.dimensions && values.every(Number.isFinite)

const answerOf = ({ published: { encoder, kind } }: LoadedEncoder, read: ReadQuery): EncodedQuery =>
  read.values.every((value) => value === 0)
    ? { outcome: 'none', reason: 'unreadable' }
    : { outcome: 'vector', encoder, kind, ...read }

async function within(asked: Promise<EncodedQuery>, waitMs: number): Promise<EncodedQuery> {
  const bell = new AbortController()
  const late = after(waitMs, { outcome: 'none', reason: 'deadline' } as const, { signal: bell.signal })
  late.catch(() => {}) // It was not needed.
  try {
    return await Promise.race([asked, late])
  } finally {
    bell.abort()
  }
}
