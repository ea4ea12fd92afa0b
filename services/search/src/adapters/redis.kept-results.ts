import { setTimeout as wait } from 'node:timers/promises'
import { deserialize, serialize } from 'node:v8'
import { type Clock, failures } from '@eip/kernel'
import { createClient, RESP_TYPES } from 'redis'
import {
  defaultKeptLimits,
  type KeptResult,
  type KeptResults,
  type KeptResultsLimits,
} from '../ports/kept-results.port.ts'
import { memoryKeptResults } from './memory.kept-results.ts'

const failure = failures({
  'search.redis-unreachable': {
    kind: 'unavailable',
    cure: 'Set REDIS_URL to a Redis that runs, or leave it out: each process then keeps lists for itself.',
  },
  'search.redis-credentials': {
    kind: 'unavailable',
    cure: 'Set name and password in REDIS_URL to those of the server.',
  },
})

export type RedisKeptResultsOptions = Readonly<{
  /** redis://[NAME:PASSWORD@]HOST:PORT/DATABASE, or rediss: for TLS. */
  url: string
  /** Begins the name of every key. */
  prefix: string
  clock: Clock
  limits?: KeptResultsLimits
  /** Told once when Redis goes away, and once when it is back (null). */
  onTrouble: (error: unknown) => void
}>

export type RedisKeptResults = KeptResults &
  Readonly<{
    serverVersion(): Promise<string>
    /** Resolves when all that was kept so far is with the server, or was given up. */
    settled(): Promise<void>
  }>

/** Raised by every change of what a list holds: one of another format is not found. */
const format = 2
/** A page must not wait longer for the list of another process than it takes to make it anew. */
const findWithinMs = 100
const connectWithinMs = 5_000
const longestPauseMs = 2_000
/** Lists on their way to the server; beyond, a list is kept here only. */
const mostUnderWay = 64

const bytesOf = (result: KeptResult): Buffer => Buffer.concat([Buffer.of(format), serialize(result)])

function resultOf(bytes: Buffer | null): KeptResult | undefined {
  if (bytes === null || bytes[0] !== format) return undefined
  try {
    return deserialize(bytes.subarray(1)) as KeptResult
  } catch {
    return undefined
  }
}

/**
 * Shared by all search processes, which keep their own lists in memory as well: a later page that reaches another process is cut
 * from the same list there. No search waits for a list to be written, or fails because Redis is away.
 */
export async function redisKeptResults(options: RedisKeptResultsOptions): Promise<RedisKeptResults> {
  const { prefix, clock, limits = defaultKeptLimits } = options
  const here = memoryKeptResults(clock, limits)
  const client = await connected(options)
  const binary = client.withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer })
  const underWay = new Set<Promise<void>>()
  const keyOf = (requestId: string) => `${prefix}search:list:${requestId}`
  const leftMs = ({ rankedAt }: KeptResult) => Math.floor(rankedAt + limits.ageMs - clock.now())

  const write = async (result: KeptResult) => {
    // After the answer, which is on its way: a long list takes a moment to be written out.
    await new Promise(setImmediate)
    const value = Math.max(1, leftMs(result))
    await client.set(keyOf(result.requestId), bytesOf(result), { expiration: { type: 'PX', value } })
  }
  const read = async (requestId: string): Promise<KeptResult | undefined> => {
    const late = new AbortController()
    const nothing = wait(findWithinMs, null, { signal: late.signal, ref: false }).catch(() => null)
    const bytes = await Promise.race([binary.get(keyOf(requestId)), nothing])
    late.abort()
    return resultOf(bytes)
  }

  return Object.freeze({
    async find(requestId: string) {
      const own = await here.find(requestId)
      if (own !== undefined || !client.isReady) return own
      // Redis says by its event that it is away, once.
      const found = await read(requestId).catch(() => undefined)
      if (found === undefined || leftMs(found) <= 0) return undefined
      return found
    },
    keep(result: KeptResult) {
      here.keep(result)
      if (!client.isReady || underWay.size >= mostUnderWay) return
      const writing = write(result)
        .catch(() => {})
        .finally(() => underWay.delete(writing))
      underWay.add(writing)
    },
    async settled() {
      await Promise.all(underWay)
    },
    async serverVersion() {
      const info = await client.info('server')
      return /^redis_version:(.*)$/m.exec(info)?.[1]?.trim() ?? ''
    },
    async close() {
      await Promise.all(underWay)
      await here.close()
      client.destroy()
    },
  })
}

async function connected({ url, onTrouble }: RedisKeptResultsOptions) {
  let isOpen = false
  let isAway = false
  const client = createClient({
    url,
    disableOfflineQueue: true,
    socket: {
      connectTimeout: connectWithinMs,
      // A process does not start without it; later it waits for it, however long.
      reconnectStrategy: (retries, cause) =>
        isOpen ? Math.min(50 * 2 ** Math.min(retries, 10), longestPauseMs) : cause,
    },
  })
  client.on('error', (error: unknown) => {
    if (!isOpen || isAway) return
    isAway = true
    onTrouble(error)
  })
  client.on('ready', () => {
    if (isAway) onTrouble(null)
    isAway = false
  })
  try {
    await client.connect()
    await client.ping()
  } catch (error) {
    throw refused(url, error)
  }
  isOpen = true
  return client
}

/** Without name and password, which the address may hold. */
function refused(url: string, error: unknown): unknown {
  const { host } = new URL(url)
  const reason = error instanceof Error ? error.message : String(error)
  if (/^(WRONGPASS|NOAUTH|NOPERM)/.test(reason))
    return failure('search.redis-credentials', `Redis at ${host} refuses the credentials of REDIS_URL`, {}, error)
  return failure('search.redis-unreachable', `Redis does not answer at ${host} (REDIS_URL): ${reason}`, {}, error)
}
