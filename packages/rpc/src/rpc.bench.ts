import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { performance } from 'node:perf_hooks'
import { oc } from '@orpc/contract'
import { z } from 'zod'
import { httpClient, httpTransport, inProcessClient, openApiHandler, rpcHandler, serveContract } from './index.ts'

// node src/rpc.bench.ts: what a call costs with an answer of 20 hits, in process and over loopback.
const hit = z.object({
  id: z.string(),
  title: z.string(),
  brand: z.string().nullable(),
  categoryPath: z.array(z.string()),
  price: z.object({ amount: z.int(), currency: z.string() }).nullable(),
  score: z.number(),
})
const contract = {
  search: oc
    .route({ method: 'GET', path: '/search' })
    .input(z.object({ query: z.string().max(1_000), page: z.int().default(1) }))
    .output(z.object({ hits: z.array(hit), total: z.int() })),
}
const hits = Array.from({ length: 20 }, (_none, index) => ({
  id: `product-${index}`,
  title: `A product with a title of usual length, number ${index}`,
  brand: 'Acme',
  categoryPath: ['Home', 'Kitchen', 'Kettles'],
  price: { amount: 1_999 + index, currency: 'EUR' },
  score: 10 / (index + 1),
}))
const handlers = { search: async () => ({ hits, total: 4_711 }) }
const served = serveContract(contract, handlers)
const rpc = rpcHandler({ search: served })
const api = openApiHandler(contract, handlers, { prefix: '/api', extra: () => ({}), budgetMs: () => 1_000 })
const server = createServer(async (request, response) => {
  if (!(await rpc(request, response))) await api(request, response)
})
server.listen(0, '127.0.0.1')
await new Promise((resolve) => server.once('listening', resolve))
const address = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
const transport = httpTransport()
const local = inProcessClient(served)
const remote = httpClient(contract, { service: 'search', address, transport })

async function measure(name: string, rounds: number, once: () => Promise<unknown>): Promise<void> {
  for (let index = 0; index < rounds; index++) await once()
  const times: number[] = []
  for (let index = 0; index < rounds; index++) {
    const start = performance.now()
    await once()
    times.push((performance.now() - start) * 1_000)
  }
  times.sort((a, b) => a - b)
  const at = (share: number) => `${Math.round(times[Math.floor(share * times.length)]!)} µs`.padStart(8)
  process.stdout.write(`${name.padEnd(34)} p50 ${at(0.5)}  p95 ${at(0.95)}  p99 ${at(0.99)}\n`)
}

await measure('in process', 20_000, () => local.search({ query: 'kettle' }))
await measure('HTTP between services', 3_000, () => remote.search({ query: 'kettle' }))
await measure('public HTTP (asked with fetch)', 2_000, async () => {
  const response = await fetch(new URL('/api/search?query=kettle', address))
  return response.json()
})
transport.close()
server.closeAllConnections()
server.close()
