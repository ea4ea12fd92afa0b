import { existsSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import type { OrderState } from '@eip/contracts'
import { buildFace, unbuiltFaces } from '../../apps/eip/src/faces.ts'
import { operations } from './fake-answers.ts'
import { type CheckoutAnswer, type FakeShop, fakeShop, gone } from './fake-shop.ts'

/** The storefront, served by a gateway that answers from memory: whatever a server seldom does can be had from it. */
export type FakeGateway = Readonly<{
  url: string
  /** Ids of checkouts as they came in, and those that were paid. */
  checkouts: string[]
  charged: string[]
  script(...answers: readonly CheckoutAnswer[]): void
  forgetScript(): void
  setLeft(id: string, left: number): void
  setPrice(id: string, price: number | null): void
  /** Parts that cannot be looked up. */
  setMissing(...parts: readonly ('stock' | 'promise' | 'delivery' | 'regions')[]): void
  moveOn(orderId: string, state: OrderState): void
  reset(): void
  close(): Promise<void>
}>

async function bodyOf(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return parts.length === 0 ? {} : JSON.parse(Buffer.concat(parts).toString())
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

async function answer(shop: FakeShop, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://shop')
  const at = url.pathname.replace('/api/v1/', '')
  const found = operations.find(([method, path]) => method === request.method && path.test(at))
  try {
    if (!found) throw gone
    const path = at.split('/').map(decodeURIComponent)
    const said = found[2](shop, { path, query: url.searchParams, body: await bodyOf(request) })
    if (said === null) request.socket.destroy()
    else send(response, 200, said)
  } catch (error) {
    if (error !== gone) throw error
    send(response, 404, { error: { code: 'gateway.not-found', message: `no ${at}`, cure: 'See /api/docs.' } })
  }
}

const dist = join(import.meta.dirname, '../../apps/storefront/dist')
const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.html': 'text/html',
}

function sendFile(path: string, response: ServerResponse): void {
  const isFile = extname(path) !== '' && existsSync(join(dist, path))
  const file = join(dist, isFile ? path : 'index.html')
  response
    .writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' })
    .end(readFileSync(file))
}

export async function openFakeGateway(): Promise<FakeGateway> {
  if (unbuiltFaces().includes('storefront') && !(await buildFace('storefront')))
    throw new Error('the storefront cannot be built')
  const shop = fakeShop()
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://shop')
    if (pathname.startsWith('/api/')) void answer(shop, request, response)
    else sendFile(pathname, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { products, find, answers, missing, checkouts, charged, moveOn, reset } = shop
  return Object.freeze({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ checkouts, charged, moveOn, reset },
    forgetScript: () => void answers.splice(0),
    script: (...given: readonly CheckoutAnswer[]) => void answers.push(...given),
    setLeft: (id: string, left: number) => void products.set(id, { ...find(id), left }),
    setPrice: (id: string, price: number | null) => void products.set(id, { ...find(id), price }),
    setMissing(...parts) {
      missing.clear()
      for (const part of parts) missing.add(part)
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  } satisfies FakeGateway)
}
