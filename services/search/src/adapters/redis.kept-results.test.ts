import { once } from 'node:events'
import { createServer, type Socket, connect as tcp } from 'node:net'
import { newId } from '@eip/kernel'
import { type FakeClock, fakeClock, testEngines, until } from '@eip/testkit'
import { describe, expect, it } from 'vitest'
import { keptResultsContract, resultOf } from '../ports/kept-results.contract.ts'
import type { KeptResultsLimits } from '../ports/kept-results.port.ts'
import { redisKeptResults } from './redis.kept-results.ts'

const url = testEngines.redis ?? ''
const defaults: KeptResultsLimits = { entries: 10, hits: 100, ageMs: 60_000 }

const opened = (
  clock: FakeClock,
  prefix: string,
  given: Readonly<{ at?: string; limits?: KeptResultsLimits }> = {},
) => {
  const { at = url, limits = defaults } = given
  return redisKeptResults({ url: at, prefix, clock, limits, onTrouble: () => {} })
}

/** Passes everything on to the server, until it is cut. */
async function wire(server: string) {
  const { hostname, port } = new URL(server)
  const open = new Set<Socket>()
  const listener = createServer((near) => {
    const far = tcp(Number(port), hostname)
    for (const socket of [near, far]) open.add(socket.on('error', () => socket.destroy()))
    near.pipe(far).pipe(near)
  })
  const listen = async (at: number) => {
    listener.listen(at, '127.0.0.1')
    await once(listener, 'listening')
    return (listener.address() as { port: number }).port
  }
  const own = await listen(0)
  const through = new URL(server)
  through.host = `127.0.0.1:${own}`
  return {
    url: through.href,
    async cut() {
      const closed = new Promise((resolve) => listener.close(resolve))
      for (const socket of open) socket.destroy()
      open.clear()
      await closed
    },
    mend: () => listen(own),
  }
}

describe.skipIf(url === '')('results kept in Redis (needs TEST_REDIS_URL)', () => {
  describe('by the process that made them', () => {
    keptResultsContract(async (clock, limits) => {
      const kept = await opened(clock, `test-${newId()}.`, { limits })
      return { kept, settled: kept.settled, close: kept.close }
    }, fakeClock)
  })

  describe('by another process', () => {
    keptResultsContract(async (clock, limits) => {
      const prefix = `test-${newId()}.`
      const [one, other] = [await opened(clock, prefix, { limits }), await opened(clock, prefix, { limits })]
      return {
        kept: { find: other.find, keep: one.keep, close: one.close },
        settled: one.settled,
        close: async () => void (await Promise.all([one.close(), other.close()])),
      }
    }, fakeClock)
  })

  it('fail nobody while Redis is away, are told of once, and are shared again when it is back', async () => {
    const clock = fakeClock()
    const prefix = `test-${newId()}.`
    const between = await wire(url)
    const told: unknown[] = []
    const onTrouble = (error: unknown) => void told.push(error)
    const kept = await redisKeptResults({ url: between.url, prefix, clock, limits: defaults, onTrouble })
    const other = await opened(clock, prefix)
    await between.cut()
    kept.keep(resultOf('away', 1, clock.now()))
    await kept.settled()
    expect((await kept.find('away'))?.requestId).toBe('away')
    expect(await kept.find('unknown')).toBeUndefined()
    await until('it is told of', () => told.length > 0)
    await between.mend()
    await until('it is told that Redis is back', () => told.at(-1) === null)
    kept.keep(resultOf('back', 1, clock.now()))
    await kept.settled()
    expect((await other.find('back'))?.requestId).toBe('back')
    expect(told).toEqual([expect.any(Error), null])
    await Promise.all([kept.close(), other.close(), between.cut()])
  })

  it('are not found where somebody else wrote something else', async () => {
    const clock = fakeClock()
    const prefix = `test-${newId()}.`
    const kept = await opened(clock, prefix)
    const { createClient } = await import('redis')
    const client = await createClient({ url }).connect()
    for (const [id, value] of Object.entries({ text: 'hello', cut: Buffer.of(1, 255, 15), empty: '' }))
      await client.set(`${prefix}search:list:${id}`, value, { expiration: { type: 'EX', value: 60 } })
    for (const id of ['text', 'cut', 'empty']) expect(await kept.find(id)).toBeUndefined()
    await Promise.all([kept.close(), client.close()])
  })

  it('say which key to change where nobody listens, or the password is another', async () => {
    const away = await wire(url)
    await away.cut()
    await expect(opened(fakeClock(), 'x.', { at: away.url })).rejects.toMatchObject({
      code: 'search.redis-unreachable',
      message: expect.stringContaining('REDIS_URL'),
    })
    const wrong = new URL(url)
    wrong.username = 'nobody'
    wrong.password = 'secret-word'
    const refused = opened(fakeClock(), 'x.', { at: wrong.href })
    await expect(refused).rejects.toMatchObject({ code: 'search.redis-credentials' })
    await expect(refused).rejects.not.toMatchObject({ message: expect.stringContaining('secret-word') })
  })
})
