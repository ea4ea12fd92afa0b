import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { oc } from '@orpc/contract'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { clientContract, openShop, shopContract } from './client.contract.ts'
import {
  type HttpHandler,
  httpClient,
  httpTransport,
  inProcessClient,
  type RpcLimits,
  rpcHandler,
  serveContract,
} from './index.ts'

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

async function listen(server: Server): Promise<URL> {
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
}

const serve = (handler: HttpHandler) => listen(createServer((request, response) => void handler(request, response)))

const clientAt = (address: URL) => {
  const transport = httpTransport()
  closers.push(() => transport.close())
  return httpClient(shopContract, { service: 'shop', address, transport })
}

const openRemote = async (limits?: RpcLimits) => {
  const shop = openShop()
  const address = await serve(rpcHandler({ shop: shop.served }, limits))
  return { client: clientAt(address), shop, address }
}

describe('a client in the same process', () => {
  clientContract(async () => {
    const shop = openShop()
    return { client: inProcessClient(shop.served), shop }
  })
})

describe('a client over HTTP', () => {
  clientContract(openRemote)

  it('says that a peer which is not there does not answer', async () => {
    const server = createServer()
    const address = await listen(server)
    await new Promise((resolve) => server.close(resolve))
    await expect(clientAt(address).list({ first: 1 })).rejects.toMatchObject({
      code: 'rpc.unavailable',
      kind: 'unavailable',
      message: 'shop does not answer list',
      details: { service: 'shop', reason: 'ECONNREFUSED' },
    })
  })

  it('says so as well when the peer breaks off, or is somebody else', async () => {
    const broken = await serve(async (_request, response) => !response.destroy())
    await expect(clientAt(broken).list({ first: 1 })).rejects.toMatchObject({ code: 'rpc.unavailable' })
    const proxy = await serve(async (_request, response) => !!response.writeHead(502).end('<h1>Bad gateway</h1>'))
    await expect(clientAt(proxy).list({ first: 1 })).rejects.toMatchObject({ code: 'rpc.unavailable' })
    const other = await serve(async (_request, response) => !!response.end('<h1>Welcome</h1>'))
    await expect(clientAt(other).list({ first: 1 })).rejects.toMatchObject({ code: 'rpc.bad-output' })
  })

  it('gives up at once on a peer that never answers', async () => {
    const silent = await serve(async () => true)
    await expect(clientAt(silent).list({ first: 1 }, { deadlineMs: 20 })).rejects.toMatchObject({
      code: 'rpc.deadline',
    })
  })

  it('refuses a body over the limit, and goes on with the next call', async () => {
    const { client } = await openRemote({ bodyBytes: 100_000, callMs: 1_000 })
    const given = 'x'.repeat(3_000_000)
    await expect(client.describe({ given })).rejects.toMatchObject({ code: 'rpc.too-large', kind: 'too-large' })
    await expect(client.list({ first: 1 })).resolves.toBeDefined()
  })

  it('lets no caller have more time than the host grants', async () => {
    const { client } = await openRemote({ bodyBytes: 1_000, callMs: 500 })
    const { deadline } = await client.describe({ given: null }, { deadlineMs: 3_600_000 })
    expect(deadline).toBeLessThanOrEqual(Date.now() + 500)
  })

  it.each([
    ['an unknown operation', '/rpc/shop/fly', { method: 'POST' }, 404, 'rpc.not-found'],
    ['an inherited name', '/rpc/shop/toString', { method: 'POST' }, 404, 'rpc.not-found'],
    ['an unknown service', '/rpc/__proto__/list', { method: 'POST' }, 404, 'rpc.not-found'],
    ['a GET', '/rpc/shop/list', { method: 'GET' }, 405, 'rpc.bad-method'],
    ['text', '/rpc/shop/list', { method: 'POST', body: 'hello' }, 400, 'rpc.bad-input'],
    [
      'broken JSON',
      '/rpc/shop/list',
      { method: 'POST', body: '{"a":', headers: { 'content-type': 'application/json' } },
      400,
      'rpc.bad-input',
    ],
  ])('answers %s with a failure of the usual form', async (_what, path, init, status, code) => {
    const { address } = await openRemote()
    const response = await fetch(new URL(path, address), init)
    expect([response.status, await response.json()]).toMatchObject([status, { error: { code } }])
  })
})

describe('a contract', () => {
  const noHandler = { ask: async () => ({ at: new Date() }) }
  it('is refused when JSON cannot carry what it declares, by the name of the operation', () => {
    const contract = { ask: oc.input(z.object({})).output(z.object({ at: z.date() })) }
    expect(() => serveContract(contract, noHandler)).toThrow('the output of ask holds z.date()')
  })
  it('is refused when an operation has no output schema', () => {
    const contract = { ask: oc.input(z.object({})) }
    expect(() => serveContract(contract, noHandler)).toThrow('the operation ask has no output schema')
  })
})
