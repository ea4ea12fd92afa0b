import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Latency, measureLatency } from '@eip/testkit'
import { oc } from '@orpc/contract'
import { z } from 'zod'
import { httpClient, httpTransport, inProcessClient, openApiHandler, rpcHandler, serveContract } from './index.ts'

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

/** What a call costs with an answer of 20 hits, in process and over loopback. */
export async function benchCalls(): Promise<Record<string, Latency>> {
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
  try {
    return {
      'in process': await measureLatency(20_000, () => local.search({ query: 'kettle' })),
      'HTTP between services': await measureLatency(3_000, () => remote.search({ query: 'kettle' })),
      'public HTTP, asked with fetch': await measureLatency(2_000, async () => {
        const response = await fetch(new URL('/api/search?query=kettle', address))
        return response.json()
      }),
    }
  } finally {
    transport.close()
    server.closeAllConnections()
    server.close()
  }
}
