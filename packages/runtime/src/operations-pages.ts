import type { ServiceRecord } from '@eip/contracts'
import { type HttpHandler, sendBadMethod, sendFailure, sendJson } from '@eip/rpc'
import { type MetricsRegistry, metricsContentType } from '@eip/telemetry'
import { runtimeFailure } from './runtime-failure.ts'
import type { ServiceDefinition } from './service.ts'

type Missing = readonly Readonly<{ service: string; what: string }>[]

/** Names the process that shows a page of metrics: several may answer at one address by turns. */
export const processHeader = 'x-process'

export type OperationsPages = Readonly<{
  /** Unlike any other process'. */
  process: string
  /** What keeps this host from answering; empty when it is ready. */
  missing(): Missing
  services: ServicesPage
  metrics: MetricsRegistry
}>

export type ServicesPage = Readonly<{ host: string; services: readonly Omit<ServiceRecord, 'missing'>[] }>

/** The same, with what each lacks: null if it is ready. */
export type HostDescription = Readonly<{ host: string; services: readonly ServiceRecord[] }>

/** What `/services` shows: who is here and who elsewhere, what they answer, whom they call, what they read and publish. */
export function servicesPage(
  host: string,
  here: readonly ServiceDefinition[],
  elsewhere: readonly ServiceDefinition[],
  addresses: Readonly<Record<string, URL>>,
): ServicesPage {
  const shown = (definition: ServiceDefinition, runs: string) => ({
    name: definition.name,
    runs,
    operations: Object.keys(definition.contract),
    calls: [...definition.calls],
    consumes: Object.fromEntries(
      Object.entries(definition.consumes).map(([group, topics]) => [group, topics.map(({ name }) => name)]),
    ),
    follows: (definition.follows ?? []).map(({ name }) => name),
    publishes: definition.publishes.map(({ name }) => name),
  })
  const remote = elsewhere.filter(({ name }) => !here.some((each) => each.name === name))
  return {
    host,
    services: [
      ...here.map((definition) => shown(definition, 'here')),
      ...remote.map((definition) => shown(definition, addresses[definition.name]?.origin ?? 'unknown')),
    ],
  }
}

/** Whether a service that runs elsewhere is ready is for its own host to say. */
export const describe = (
  { host, services }: ServicesPage,
  missingOf: (service: string) => string | null,
): HostDescription => ({
  host,
  services: services.map((service) => ({
    ...service,
    missing: service.runs === 'here' ? missingOf(service.name) : 'it runs elsewhere: its own /ready tells',
  })),
})

/** `/live`, `/ready`, `/services` and `/metrics`: always answered, also while the host starts, drains or is full. */
export function operationsPages({ process, missing, services, metrics }: OperationsPages): HttpHandler {
  const pages: Readonly<Record<string, (response: Parameters<HttpHandler>[1]) => unknown>> = {
    '/live': (response) => sendJson(response, 200, { live: true }),
    '/ready': (response) => {
      const lacking = missing()
      if (lacking.length === 0) return sendJson(response, 200, { ready: true })
      const sentence = lacking.map(({ service, what }) => `${service}: ${what}`).join('; ')
      return sendFailure(response, runtimeFailure('runtime.not-ready', `not ready: ${sentence}`, { missing: lacking }))
    },
    '/services': (response) => sendJson(response, 200, services),
    '/metrics': async (response) => {
      const text = await metrics.text()
      const length = Buffer.byteLength(text)
      response.writeHead(200, {
        'content-type': metricsContentType,
        'content-length': length,
        [processHeader]: process,
      })
      response.end(text)
    },
  }
  return async (request, response) => {
    const path = (request.url ?? '').split('?')[0]!
    const page = Object.hasOwn(pages, path) ? pages[path] : undefined
    if (page === undefined) return false
    if (request.method === 'GET' || request.method === 'HEAD') await page(response)
    else sendBadMethod(request, response, ['GET', 'HEAD'])
    return true
  }
}
