import { Failure, failures, isFailure } from '@eip/kernel'
import { oc } from '@orpc/contract'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { type Call, type CallWatch, type Client, newTrace, type ServedContract, serveContract } from './index.ts'

export const shopFailure = failures({ 'shop.closed': { kind: 'conflict', cure: 'Come back tomorrow.' } })

/** Every operation shows one thing that a call must keep. */
export const shopContract = {
  list: oc
    .input(z.object({ first: z.int().min(1), size: z.int().max(100).default(2) }))
    .output(z.object({ ids: z.array(z.string()), loose: z.unknown() })),
  close: oc.input(z.object({})).output(z.object({})),
  breakDown: oc.input(z.object({})).output(z.object({})),
  lie: oc.input(z.object({})).output(z.object({ total: z.int() })),
  wait: oc.input(z.object({})).output(z.object({})),
  describe: oc
    .input(z.object({ given: z.unknown() }))
    .output(z.object({ deadline: z.number(), traceId: z.string(), spanId: z.string(), given: z.unknown() })),
}
export type ShopContract = typeof shopContract

export type Shop = Readonly<{
  served: ServedContract<ShopContract>
  /** What the service holds; no caller may change it. */
  own: { ids: string[]; loose: { tags: string[] } }
  defects: unknown[]
  outcomes: string[]
  /** Resolves once the handler of `wait` runs. */
  reached: Promise<void>
  isReached(): boolean
  /** Resolves with the reason once it was told to stop. */
  stopped: Promise<Failure>
}>

export function openShop(): Shop {
  const own = { ids: ['a', 'b', 'c'], loose: { tags: ['x'] } }
  const defects: unknown[] = []
  const outcomes: string[] = []
  const stop = Promise.withResolvers<Failure>()
  const reach = Promise.withResolvers<void>()
  let isReached = false
  const watch: CallWatch = {
    failed: (error) => defects.push(error),
    finished: ({ operation, outcome }) => outcomes.push(`${operation} ${outcome}`),
  }
  const served = serveContract(
    shopContract,
    {
      list: async ({ first, size }) =>
        size === 3 ? own : { ids: own.ids.slice(first - 1, first - 1 + size), loose: own.loose },
      close: async () => {
        throw shopFailure('shop.closed', 'the shop "A" is closed', { until: [8, 9] }, new Error('private cause'))
      },
      breakDown: async () => {
        throw new Error('password of the database is 1234')
      },
      lie: async () => ({ total: 'many' }) as unknown as { total: number },
      wait: (_input, { signal }: Call) =>
        new Promise((_resolve, reject) => {
          isReached = true
          reach.resolve()
          signal.addEventListener('abort', () => {
            stop.resolve(signal.reason as Failure)
            reject(signal.reason)
          })
        }),
      describe: async ({ given }, { deadline, trace }) => ({ deadline, given, ...trace }),
    },
    { watch },
  )
  return { served, own, defects, outcomes, reached: reach.promise, isReached: () => isReached, stopped: stop.promise }
}

const failureOf = async (answer: Promise<unknown>): Promise<Failure> => {
  const thrown: unknown = await answer.then(
    () => new Error('it succeeded'),
    (error: unknown) => error,
  )
  if (!isFailure(thrown)) throw thrown
  return thrown
}

const call = (deadline: number, signal = new AbortController().signal): Call => ({
  deadline,
  signal,
  trace: newTrace(),
  remainingMs: () => Math.max(0, deadline - Date.now()),
})

/** The laws of a client, whatever lies between it and the service. */
export function clientContract(open: () => Promise<{ client: Client<ShopContract>; shop: Shop }>): void {
  it('fills in what the caller left out, and answers', async () => {
    const { client, shop } = await open()
    expect((await client.list({ first: 2 })).ids).toEqual(['b', 'c'])
    expect(shop.outcomes).toEqual(['list ok'])
  })

  it('gives the caller an answer of its own, to change as it likes', async () => {
    const { client, shop } = await open()
    const answer = await client.list({ first: 1, size: 3 })
    answer.ids.push('mine')
    ;(answer.loose as { tags: string[] }).tags.push('mine')
    expect(shop.own).toEqual({ ids: ['a', 'b', 'c'], loose: { tags: ['x'] } })
  })

  it('carries loose values as JSON does', async () => {
    const { client } = await open()
    const given = { at: new Date(0), none: undefined, list: [1, 'two', null] }
    expect((await client.describe({ given })).given).toEqual({ at: '1970-01-01T00:00:00.000Z', list: [1, 'two', null] })
  })

  it('refuses a bad input with its field and the reason, in a sentence', async () => {
    const { client } = await open()
    const failure = await failureOf(client.list({ first: 0, size: 500 }))
    expect(failure).toMatchObject({ code: 'rpc.bad-input', kind: 'invalid' })
    expect(failure.message).toMatch(/^"first".*\(and 1 more\)$/)
    expect(failure.details.issues).toMatchObject([{ field: 'first' }, { field: 'size' }])
    const missing = await failureOf(client.list({} as { first: number }))
    expect(missing.message).toBe('"first" is missing')
    const nothing = await failureOf(client.list(undefined as unknown as { first: number }))
    expect(nothing.message).toBe('the input is missing')
  })

  it('brings a failure of the handler with code, kind, message, cure and details, and no cause', async () => {
    const { client, shop } = await open()
    const failure = await failureOf(client.close({}))
    expect(failure).toBeInstanceOf(Failure)
    expect({ ...failure }).toMatchObject({ code: 'shop.closed', kind: 'conflict', cure: 'Come back tomorrow.' })
    expect(failure.message).toBe('the shop "A" is closed')
    expect(failure.details).toEqual({ until: [8, 9] })
    expect(failure.cause).toBeUndefined()
    expect(shop.outcomes).toEqual(['close conflict'])
    expect(shop.defects).toEqual([])
  })

  it('brings an undeclared error as rpc.internal, keeps its words from the caller, and tells the service', async () => {
    const { client, shop } = await open()
    const failure = await failureOf(client.breakDown({}))
    expect(failure).toMatchObject({ code: 'rpc.internal', kind: 'internal' })
    expect(JSON.stringify(failure) + failure.message).not.toContain('1234')
    expect(shop.defects).toMatchObject([{ message: 'password of the database is 1234' }])
  })

  it('refuses an answer that breaks its schema', async () => {
    const { client, shop } = await open()
    const failure = await failureOf(client.lie({}))
    expect(failure).toMatchObject({ code: 'rpc.bad-output', kind: 'internal' })
    expect(failure.message).toContain('"total"')
    expect(shop.defects).toHaveLength(1)
  })

  it('gives up at the deadline, and tells the handler', async () => {
    const { client, shop } = await open()
    // On a busy machine a short time may be over before the call has arrived.
    for (let deadlineMs = 20; !shop.isReached(); deadlineMs *= 2) {
      const failure = await failureOf(client.wait({}, { deadlineMs }))
      expect(failure).toMatchObject({ code: 'rpc.deadline', kind: 'deadline' })
    }
    expect(isFailure(await shop.stopped)).toBe(true)
  })

  it('does not ask at all when the deadline has passed', async () => {
    const { client, shop } = await open()
    const failure = await failureOf(client.list({ first: 1 }, { call: call(Date.now() - 1) }))
    expect(failure.code).toBe('rpc.deadline')
    expect(shop.outcomes.filter((outcome) => outcome.endsWith('ok'))).toEqual([])
  })

  it('gives up when the caller does, and tells the handler', async () => {
    const { client, shop } = await open()
    const caller = new AbortController()
    const answer = failureOf(client.wait({}, { signal: caller.signal, deadlineMs: 60_000 }))
    await shop.reached
    caller.abort()
    expect(await answer).toMatchObject({ code: 'rpc.cancelled' })
    expect(isFailure(await shop.stopped)).toBe(true)
  })

  it('hands on the trace, with a step of its own', async () => {
    const { client } = await open()
    const outer = call(Date.now() + 10_000)
    const seen = await client.describe({ given: null }, { call: outer })
    expect(seen.traceId).toBe(outer.trace.traceId)
    expect(seen.spanId).not.toBe(outer.trace.spanId)
  })

  it('only shortens the deadline that it was given', async () => {
    const { client } = await open()
    const outer = call(Date.now() + 10_000)
    const asLong = await client.describe({ given: null }, { call: outer, deadlineMs: 50_000 })
    // Over the network, what is left travels, and the way there is not counted.
    expect(asLong.deadline).toBeLessThan(outer.deadline + 5_000)
    const shorter = await client.describe({ given: null }, { call: outer, deadlineMs: 3_000 })
    expect(shorter.deadline).toBeLessThan(outer.deadline - 5_000)
  })
}
