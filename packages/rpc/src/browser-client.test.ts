import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { failures } from '@eip/kernel'
import { minifyContractRouter, oc } from '@orpc/contract'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type BrowserClientOptions, browserClient, ClientFailure } from './browser-client.ts'
import { openApiHandler } from './open-api-handler.ts'

const failure = failures({ 'shelf.bare': { kind: 'conflict', cure: 'Fill the shelf.' } })

const contract = {
  find: oc
    .route({ method: 'GET', path: '/things' })
    .input(z.object({ q: z.string(), filter: z.array(z.string()).optional(), page: z.string().optional() }))
    .output(z.object({ seen: z.unknown() })),
  read: oc
    .route({ method: 'GET', path: '/things/{id}' })
    .input(z.object({ id: z.string() }))
    .output(z.object({ id: z.string() })),
  take: oc
    .route({ method: 'POST', path: '/things/{id}/take' })
    .input(z.object({ id: z.string(), count: z.int() }))
    .output(z.object({ token: z.string().nullable(), count: z.int() })),
}
type Contract = typeof contract

const servers: Server[] = []

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`
}

async function client(listener: RequestListener, options: Partial<BrowserClientOptions> = {}) {
  const url = await listen(listener)
  return browserClient<Contract>(minifyContractRouter(contract), { url, ...options })
}

const api = openApiHandler<Contract, { token: string | null }>(
  contract,
  {
    find: async (input) => ({ seen: input }),
    read: async ({ id }) => ({ id }),
    take: async ({ count }, { token }) => {
      if (count > 3) throw failure('shelf.bare', 'count is more than there is', { left: 3 })
      return { token, count }
    },
  },
  {
    prefix: '/api/v1',
    budgetMs: () => 5_000,
    extra: (request) => ({ token: (request.headers['x-csrf-token'] as string | undefined) ?? null }),
  },
)

const serve: RequestListener = (request, response) => void api(request, response)

const failed = async (call: Promise<unknown>): Promise<ClientFailure> => {
  const error = await call.catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(ClientFailure)
  return error as ClientFailure
}

describe('the client in the browser', () => {
  it('puts a GET input into path and query, lists included', async () => {
    const { find, read } = await client(serve)
    expect(await find({ q: 'a & b', filter: ['brand:한샘', 'price:1..2'] })).toEqual({
      seen: { q: 'a & b', filter: ['brand:한샘', 'price:1..2'] },
    })
    expect(await read({ id: 'a/b ?#한' })).toEqual({ id: 'a/b ?#한' })
  })

  it('sends the csrf value with what may change something, and only then', async () => {
    const methods: [string, unknown][] = []
    const { find, take } = await client(
      (request, response) => {
        methods.push([request.method!, request.headers['x-csrf-token']])
        serve(request, response)
      },
      { csrf: () => 'abc' },
    )
    expect(await take({ id: '1', count: 2 })).toEqual({ token: 'abc', count: 2 })
    await find({ q: '' })
    expect(methods).toEqual([
      ['POST', 'abc'],
      ['GET', undefined],
    ])
  })

  it('answers the failure of the gateway with code, cure, status and details', async () => {
    const { take } = await client(serve)
    const { code, message, cure, status, details } = await failed(take({ id: '1', count: 9 }))
    expect({ code, message, cure, status, details }).toEqual({
      code: 'shelf.bare',
      message: 'count is more than there is',
      cure: 'Fill the shelf.',
      status: 409,
      details: { left: 3 },
    })
  })

  it('says unreachable where nobody listens, where the answer breaks off and where a proxy answers instead', async () => {
    const gone = await listen(serve)
    const server = servers.pop()!
    await new Promise((resolve) => server.close(resolve))
    const { find } = browserClient<Contract>(minifyContractRouter(contract), { url: gone })
    expect((await failed(find({ q: '' }))).code).toBe('client.unreachable')

    const broken = await client((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 })
      response.write('{"seen":')
      setImmediate(() => response.destroy())
    })
    expect((await failed(broken.find({ q: '' }))).code).toBe('client.unreachable')

    const proxied = await client((_request, response) =>
      response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>'),
    )
    expect((await failed(proxied.find({ q: '' }))).code).toBe('client.unreachable')

    const terse = await client((_request, response) => response.writeHead(503).end('away'))
    expect((await failed(terse.find({ q: '' }))).code).toBe('client.unreachable')
  })

  it('says late when the answer takes too long', async () => {
    const { find } = await client(() => undefined, { lateAfterMs: 20 })
    expect((await failed(find({ q: '' }))).code).toBe('client.late')
  })

  it('takes what is not of the API for a bad answer', async () => {
    const page = await client((_request, response) =>
      response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not here</h1>'),
    )
    expect(await failed(page.find({ q: '' }))).toMatchObject({ code: 'client.bad-answer', status: 404 })
    const garbled = await client((_request, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"seen"'),
    )
    expect((await failed(garbled.find({ q: '' }))).code).toBe('client.bad-answer')
  })

  it("fails with the caller's own reason when the caller gives up", async () => {
    const { find } = await client(() => undefined)
    const stop = new AbortController()
    const call = find({ q: '' }, { signal: stop.signal }).catch((error: unknown) => error)
    stop.abort(new Error('typed on'))
    expect(await call).toMatchObject({ message: 'typed on' })
  })
})
