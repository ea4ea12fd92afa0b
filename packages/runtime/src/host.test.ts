import { createServer, request as httpRequest } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { catalogContract, catalogFailure, indexerContract, searchContract } from '@eip/contracts'
import { type Call, type Client, sendFailure, sendJson } from '@eip/rpc'
import { createLogger, type MetricsRegistry, metricsRegistry } from '@eip/telemetry'
import { parsePrometheus } from '@eip/telemetry/prometheus-text'
import { afterEach, describe, expect, it } from 'vitest'
import { createHost, defineService, type Host, type HostedService, type HostOptions, hosted } from './index.ts'

/** What the services below did, in order, and what their test decides. */
const openWorld = () => ({
  events: [] as string[],
  calls: [] as Call[],
  missing: null as string | null,
  failAt: null as string | null,
  reached: Promise.withResolvers<void>(),
  release: Promise.withResolvers<void>(),
  starting: Promise.resolve() as Promise<void>,
})
type World = ReturnType<typeof openWorld>

const steps = (name: string, world: World) => {
  const step = (what: string) => async () => {
    world.events.push(`${what} ${name}`)
    if (world.failAt === `${what} ${name}`) throw new Error(`${name} cannot ${what}`)
  }
  return { start: step('start'), drain: step('drain'), stop: step('stop') }
}
const topology = { consumes: {}, publishes: [] }

// What the stories below ask of the catalogue.
const { upsertProducts, deleteProducts, getProduct, statistics } = catalogContract
const productsContract = { upsertProducts, deleteProducts, getProduct, statistics }

// Gateway asks indexer, indexer asks catalog: two hops, as deep as calls may go.
const catalog = defineService({
  ...topology,
  name: 'catalog',
  contract: productsContract,
  calls: [],
  build: (world: World) => ({
    ...steps('catalog', world),
    handlers: {
      upsertProducts: async () => ({ created: 0, updated: 0, unchanged: 0, rejected: [] }),
      deleteProducts: async () => ({ deleted: 0, absent: 0 }),
      async getProduct({ id }, { signal }: Call): Promise<never> {
        if (id === 'slow') {
          world.reached.resolve()
          await Promise.race([
            world.release.promise,
            new Promise((resolve) => signal.addEventListener('abort', resolve)),
          ])
          world.events.push(signal.aborted ? 'gave up' : 'finished')
        }
        throw catalogFailure('catalog.not-found', `there is no product "${id}"`, { id })
      },
      async statistics(_input: object, call: Call) {
        world.calls.push(call)
        return { products: 7, active: 7, unpublishedEvents: 0 }
      },
    },
    missing: () => world.missing,
  }),
})
const statusContract = { status: indexerContract.status }
const indexer = defineService({
  ...topology,
  name: 'indexer',
  contract: statusContract,
  calls: ['catalog'],
  build: (world: World, peer) => {
    const client = peer(productsContract)
    return {
      ...steps('indexer', world),
      start: async () => {
        await world.starting
        await steps('indexer', world).start()
      },
      handlers: {
        async status(_input: object, call: Call) {
          world.calls.push(call)
          const { products } = await client.statistics({}, { call, deadlineMs: 2_000 })
          return { documents: products, lag: 0, parked: 0, generation: 'one', generations: [] }
        },
      },
    }
  },
})
const edgeContract = { search: searchContract.search }
const gateway = defineService({
  ...topology,
  name: 'gateway',
  contract: edgeContract,
  calls: ['indexer', 'catalog'],
  build: (world: World, peer) => {
    const [status, products] = [peer(statusContract), peer(productsContract)]
    const ask = async (path: string): Promise<unknown> => {
      if (path === '/status') return status.status({}, { deadlineMs: 10_000 })
      if (path.startsWith('/products/')) return products.getProduct({ id: path.slice(10) }, { deadlineMs: 10_000 })
      if (path === '/hang') await new Promise(() => world.reached.resolve())
      throw new Error('secret of the gateway')
    }
    return {
      ...steps('gateway', world),
      handlers: {
        async search(): Promise<never> {
          throw new Error('asked past the edge')
        },
      },
      async http(request, response) {
        const path = request.url ?? ''
        if (!/^\/(status|products\/.*|hang|defect)$/.test(path)) return false
        await ask(path).then(
          (answer) => sendJson(response, 200, answer),
          (error) => {
            if (path === '/defect') throw error
            sendFailure(response, error)
          },
        )
        return true
      },
    }
  },
})
const known = [gateway, indexer, catalog]

const hosts: Host[] = []
const closers: (() => void)[] = []
afterEach(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.stop().catch(() => {})))
  for (const close of closers.splice(0)) close()
})

type Opened = Readonly<{ host: Host; address: URL; metrics: MetricsRegistry; log: Record<string, unknown>[] }>

function prepare(services: readonly HostedService[], options: Partial<HostOptions> = {}) {
  const log: Record<string, unknown>[] = []
  const metrics = metricsRegistry()
  const write = (line: string) => void log.push(JSON.parse(line))
  const host = createHost({
    name: 'test',
    services,
    known,
    listen: { port: 0, hostname: '127.0.0.1' },
    exposesRpc: true,
    logger: createLogger({ name: 'test', level: 'debug', format: 'json', write }),
    metrics,
    ...options,
  })
  hosts.push(host)
  return { host, metrics, log }
}

async function open(services: readonly HostedService[], options: Partial<HostOptions> = {}): Promise<Opened> {
  const prepared = prepare(services, options)
  return { ...prepared, address: (await prepared.host.start())! }
}

const allServices = (world: World) => [hosted(gateway, world), hosted(indexer, world), hosted(catalog, world)]

async function ask(address: URL, path: string, init?: RequestInit) {
  const response = await fetch(new URL(path, address), init)
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.startsWith('application/json')
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text }
}

type Topology = Readonly<{ front: Opened; back: Opened; client: Client<typeof productsContract> }>
const topologies: [string, (world: World) => Promise<Topology>][] = [
  [
    'all in one host',
    async (world) => {
      const host = await open(allServices(world))
      return { front: host, back: host, client: host.host.client(productsContract) }
    },
  ],
  [
    'one host for each service',
    async (world) => {
      const back = await open([hosted(catalog, world)])
      const middle = await open([hosted(indexer, world)], { addresses: { catalog: back.address } })
      const addresses = { catalog: back.address, indexer: middle.address }
      const front = await open([hosted(gateway, world)], { addresses, exposesRpc: false })
      return { front, back, client: front.host.client(productsContract) }
    },
  ],
]

describe.each(topologies)('services in %s', (_name, openTopology) => {
  it('answer through two hops', async () => {
    const { front } = await openTopology(openWorld())
    expect(await ask(front.address, '/status')).toMatchObject({ status: 200, body: { documents: 7 } })
  })

  it('hand the trace on and only shorten the deadline', async () => {
    const world = openWorld()
    const { front } = await openTopology(world)
    const before = Date.now()
    await ask(front.address, '/status')
    const [first, second] = world.calls as [Call, Call]
    expect(second.trace.traceId).toBe(first.trace.traceId)
    expect(second.trace.spanId).not.toBe(first.trace.spanId)
    expect(first.deadline).toBeGreaterThanOrEqual(before + 10_000)
    expect(second.deadline).toBeLessThan(first.deadline)
  })

  it('fail alike, whoever runs where', async () => {
    const { front, client } = await openTopology(openWorld())
    const answer = await ask(front.address, '/products/none')
    expect(answer).toMatchObject({
      status: 404,
      body: { error: { code: 'catalog.not-found', message: 'there is no product "none"', details: { id: 'none' } } },
    })
    await expect(client.getProduct({ id: '' })).rejects.toMatchObject({ code: 'rpc.bad-input', kind: 'invalid' })
  })

  it('are timed where they are answered, by operation and outcome', async () => {
    const { front, back } = await openTopology(openWorld())
    await ask(front.address, '/status')
    await ask(front.address, '/products/none')
    const page = parsePrometheus((await ask(back.address, '/metrics')).body)
    const counts = page
      .get('eip_request_duration_seconds')!
      .samples.filter(({ name, labels }) => name.endsWith('_count') && labels.service === 'catalog')
      .map(({ labels, value }) => [labels.operation, labels.outcome, value])
    expect(counts).toEqual([
      ['statistics', 'ok', 1],
      ['getProduct', 'not-found', 1],
    ])
  })

  it('finish a running request before they stop, and take no new one', async () => {
    const world = openWorld()
    const { front } = await openTopology(world)
    const slow = ask(front.address, '/products/slow')
    await world.reached.promise
    const stopped = front.host.stop()
    expect(await ask(front.address, '/ready')).toMatchObject({
      status: 503,
      body: { error: { code: 'runtime.not-ready' } },
    })
    expect(await ask(front.address, '/status')).toMatchObject({
      status: 503,
      body: { error: { code: 'runtime.stopping' } },
    })
    expect((await ask(front.address, '/live')).status).toBe(200)
    world.release.resolve()
    expect((await slow).status).toBe(404)
    await stopped
    expect(world.events).toContain('finished')
    expect(world.events.indexOf('finished')).toBeLessThan(world.events.indexOf('drain gateway'))
    await expect(ask(front.address, '/live')).rejects.toThrow()
  })
})

describe('a host', () => {
  it('starts callees first, drains and stops callers first', async () => {
    const world = openWorld()
    const { host } = await open(allServices(world))
    expect(world.events).toEqual(['start catalog', 'start indexer', 'start gateway'])
    world.events.length = 0
    await Promise.all([host.stop(), host.stop()])
    const [drained, stopped] = [world.events.slice(0, 3), world.events.slice(3)]
    expect(drained).toEqual(['drain gateway', 'drain indexer', 'drain catalog'])
    expect(stopped).toEqual(['stop gateway', 'stop indexer', 'stop catalog'])
  })

  it('is live but not ready while it starts, refuses work, and is ready afterwards', async () => {
    const world = openWorld()
    const gate = Promise.withResolvers<void>()
    world.starting = gate.promise
    const port = await freePort()
    const { host } = prepare(allServices(world), { listen: { port, hostname: '127.0.0.1' } })
    const started = host.start()
    const address = new URL(`http://127.0.0.1:${port}`)
    while (!world.events.includes('start catalog')) await new Promise(setImmediate)
    expect((await ask(address, '/live')).status).toBe(200)
    const ready = await ask(address, '/ready')
    expect(ready).toMatchObject({ status: 503, body: { error: { message: 'not ready: indexer: it is starting' } } })
    expect((await ask(address, '/status')).status).toBe(503)
    gate.resolve()
    await started
    expect(await ask(address, '/ready')).toMatchObject({ status: 200, body: { ready: true } })
    world.missing = 'the index is behind by 3 events'
    const missing = [{ service: 'catalog', what: 'the index is behind by 3 events' }]
    expect(await ask(address, '/ready')).toMatchObject({ status: 503, body: { error: { details: { missing } } } })
  })

  it('describes itself: its services with what each lacks, and those elsewhere', async () => {
    const world = openWorld()
    const gate = Promise.withResolvers<void>()
    world.starting = gate.promise
    const addresses = { gateway: new URL('http://gateway:8080') }
    const { host } = prepare([hosted(indexer, world), hosted(catalog, world)], { addresses, listen: null })
    const missing = () => host.describe().services.map((each) => each.missing)
    const elsewhere = 'it runs elsewhere: its own /ready tells'
    expect(missing()).toEqual(['it is starting', 'it is starting', elsewhere])
    const started = host.start()
    // The catalogue has started, and the indexer waits for its gate.
    while (missing()[1] !== null) await new Promise(setImmediate)
    expect(missing()).toEqual(['it is starting', null, elsewhere])
    gate.resolve()
    await started
    world.missing = 'the shelves are being counted'
    expect(host.describe()).toMatchObject({
      host: 'test',
      services: [
        { name: 'indexer', runs: 'here', missing: null, operations: ['status'], calls: ['catalog'] },
        { name: 'catalog', runs: 'here', missing: 'the shelves are being counted', consumes: {}, publishes: [] },
        { name: 'gateway', runs: 'http://gateway:8080', missing: elsewhere },
      ],
    })
    await host.stop()
    expect(missing()).toEqual(['it is stopping', 'it is stopping', elsewhere])
  })

  it('stops what had started when a service does not start, and says which', async () => {
    const world = openWorld()
    world.failAt = 'start indexer'
    const { host } = prepare(allServices(world))
    await expect(host.start()).rejects.toMatchObject({
      code: 'runtime.start-failed',
      message: '"indexer" did not start: indexer cannot start',
    })
    expect(world.events.filter((event) => event.startsWith('stop'))).toEqual(['stop indexer', 'stop catalog'])
  })

  it('ends a start that is under way when it is told to stop', async () => {
    const world = openWorld()
    const gate = Promise.withResolvers<void>()
    world.starting = gate.promise
    const { host } = prepare(allServices(world))
    const started = host.start()
    started.catch(() => {})
    while (!world.events.includes('start catalog')) await new Promise(setImmediate)
    const stopped = host.stop()
    gate.resolve()
    await expect(started).rejects.toMatchObject({ code: 'runtime.stopping' })
    await stopped
    expect(world.events).not.toContain('start gateway')
    expect(world.events).toContain('stop catalog')
  })

  it('stops all services though one fails to, and names it', async () => {
    const world = openWorld()
    const { host } = await open(allServices(world))
    world.failAt = 'stop indexer'
    await expect(host.stop()).rejects.toMatchObject({
      code: 'runtime.stop-failed',
      message: 'did not stop well: indexer',
    })
    expect(world.events).toContain('stop catalog')
  })

  it('says in a sentence that its port is in use, before any service starts', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => other.once('listening', resolve))
    closers.push(() => other.close())
    const { port } = other.address() as AddressInfo
    const world = openWorld()
    const { host } = prepare(allServices(world), { listen: { port, hostname: '127.0.0.1' } })
    await expect(host.start()).rejects.toMatchObject({
      code: 'runtime.port-in-use',
      message: `port ${port} of 127.0.0.1 is used by another program`,
    })
    expect(world.events).toEqual([])
  })

  it('refuses a graph that does not close before anything starts', () => {
    const world = openWorld()
    expect(() => prepare([hosted(indexer, world)])).toThrow('"catalog", which is not in this host and has no address')
  })

  it('names a dead neighbour elsewhere as unavailable', async () => {
    const world = openWorld()
    const back = await open([hosted(catalog, world)])
    const { address } = await open([hosted(gateway, world), hosted(indexer, world)], {
      addresses: { catalog: back.address },
    })
    await back.host.stop()
    expect(await ask(address, '/products/any')).toMatchObject({
      status: 503,
      body: { error: { code: 'rpc.unavailable', message: 'catalog does not answer getProduct' } },
    })
  })

  it('lets a service reach those it declares and nobody else', async () => {
    const world = openWorld()
    const sly = defineService({ ...indexer, calls: [] })
    const { host } = prepare([hosted(catalog, world), hosted(sly, world)])
    await expect(host.start()).rejects.toThrow('"indexer" asks for "catalog", which is not among its calls')
  })

  it('shows /rpc/ to no one unless told to, and an edge never', async () => {
    const world = openWorld()
    const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }
    const shut = await open(allServices(world), { exposesRpc: false })
    expect((await ask(shut.address, '/rpc/catalog/statistics', post)).status).toBe(404)
    const inside = await open(allServices(world))
    expect((await ask(inside.address, '/rpc/catalog/statistics', post)).status).toBe(200)
    expect((await ask(inside.address, '/rpc/gateway/search', post)).status).toBe(404)
    expect(() => inside.host.client(edgeContract)).toThrow('answers the public only')
  })

  it('tells in /services who is here and who elsewhere', async () => {
    const world = openWorld()
    const back = await open([hosted(catalog, world)])
    const { address } = await open([hosted(indexer, world)], { addresses: { catalog: back.address } })
    const { services } = (await ask(address, '/services')).body
    expect(services[0]).toEqual({
      name: 'indexer',
      runs: 'here',
      operations: ['status'],
      calls: ['catalog'],
      consumes: {},
      follows: [],
      publishes: [],
    })
    expect(services.find(({ name }: { name: string }) => name === 'catalog').runs).toBe(back.address.origin)
  })

  it('shows its process in /metrics', async () => {
    const { address } = await open([hosted(catalog, openWorld())])
    const { status, body } = await ask(address, '/metrics')
    expect(status).toBe(200)
    const page = parsePrometheus(body)
    expect(page.get('eip_process_resident_memory_bytes')!.samples[0]!.value).toBeGreaterThan(1e6)
    expect(page.get('eip_process_heap_used_bytes')!.samples[0]!.value).toBeGreaterThan(1e5)
    expect(page.get('eip_process_cpu_seconds')!.samples[0]!.value).toBeGreaterThan(0)
    const delays = page.get('eip_event_loop_delay_seconds')!.samples
    expect(delays.map(({ labels }) => labels.statistic)).toEqual(['mean', 'p99', 'max'])
    expect(delays.every(({ value }) => value >= 0 && value < 60)).toBe(true)
  })

  it('works on so many requests at once and answers 503 to the others', async () => {
    const world = openWorld()
    const { address } = await open(allServices(world), { limits: { inFlight: 1 } })
    const slow = ask(address, '/products/slow')
    await world.reached.promise
    const refused = await ask(address, '/status')
    expect(refused).toMatchObject({ status: 503, body: { error: { code: 'runtime.busy' } } })
    expect(refused.headers.get('retry-after')).toBe('1')
    world.release.resolve()
    await slow
  })

  it('answers 504 for a handler that hangs, and breaks off what is left when it stops', async () => {
    const late = await open(allServices(openWorld()), { limits: { requestMs: 20 } })
    expect(await ask(late.address, '/hang')).toMatchObject({
      status: 504,
      body: { error: { code: 'runtime.request-timeout' } },
    })
    const world = openWorld()
    const hanging = await open(allServices(world), { limits: { drainMs: 20 } })
    const answer = ask(hanging.address, '/hang')
    answer.catch(() => {})
    await world.reached.promise
    await hanging.host.stop()
    await expect(answer).rejects.toThrow()
  })

  it('keeps the words of a defect from the public, logs it, and names the trace', async () => {
    const { address, log } = await open(allServices(openWorld()))
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
    const answer = await ask(address, '/defect', { headers: { traceparent: `00-${traceId}-00f067aa0ba902b7-01` } })
    expect(answer).toMatchObject({ status: 500, body: { error: { code: 'rpc.internal' } } })
    expect(JSON.stringify(answer.body)).not.toContain('secret')
    expect(answer.headers.get('x-trace-id')).toBe(traceId)
    expect(log.find(({ level }) => level === 'error')).toMatchObject({ err: { message: 'secret of the gateway' } })
    expect(log.find(({ msg }) => msg === 'request')).toMatchObject({
      method: 'GET',
      path: '/defect',
      status: 500,
      trace: traceId,
    })
  })

  it('answers what is not HTTP, and a head that is too large, in the usual form', async () => {
    const { address } = await open(allServices(openWorld()))
    const raw = (text: string) =>
      new Promise<string>((resolve) => {
        let answer = ''
        const socket = connect(Number(address.port), '127.0.0.1', () => socket.write(text))
        socket.on('data', (chunk) => {
          answer += chunk
        })
        socket.once('close', () => resolve(answer))
        socket.on('error', () => {})
      })
    expect(await raw('hello\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 .*"code":"rpc\.bad-input"/s)
    expect(await raw(`GET /${'x'.repeat(300_000)} HTTP/1.1\r\nhost: x\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /)
    const long = await ask(address, `/nothing?q=${'%ED%95%9C'.repeat(20_000)}`)
    expect(long).toMatchObject({ status: 404, body: { error: { code: 'runtime.not-found' } } })
  })

  it('runs without the network where nobody is to ask', async () => {
    const { host } = prepare([hosted(catalog, openWorld())], { listen: null })
    expect(await host.start()).toBeNull()
    expect(await host.client(productsContract).statistics({})).toMatchObject({ products: 7 })
  })

  it('keeps a connection open for the next request', async () => {
    const { address } = await open([hosted(catalog, openWorld())])
    const live = () =>
      new Promise<string | undefined>((resolve, reject) => {
        const request = httpRequest(new URL('/live', address), (response) => {
          response.resume()
          response.once('end', () => resolve(response.headers.connection))
        })
        request.once('error', reject)
        request.end()
      })
    expect(await live()).toBe('keep-alive')
  })
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
