import {
  catalogContract,
  embeddingContract,
  indexerContract,
  inventoryContract,
  logisticsContract,
  type Overview,
  ordersContract,
  rankingContract,
  searchContract,
} from '@eip/contracts'
import { failures } from '@eip/kernel'
import type { AnyContractRouter, Handlers } from '@eip/rpc'
import { createHost, defineService, type HostedService, hosted } from '@eip/runtime'
import { metricsRegistry, silentLogger } from '@eip/telemetry'
import { fakeClock } from '@eip/testkit'
import { memoryAccountStore } from '../adapters/memory.account-store.ts'
import { memoryAuditLog } from '../adapters/memory.audit-log.ts'
import { swaggerApiPages } from '../adapters/swagger.api-pages.ts'
import { newAccount } from '../domain/account.ts'
import { type GatewayNeeds, gateway } from '../gateway.service.ts'
import type { Operations } from '../ports/operations.port.ts'

export const password = 'correct horse battery'

/** Behind the gateway, what was asked for comes back as this failure, with the input in its details. */
const reached = failures({ 'test.reached': { kind: 'conflict', cure: 'None: it is what the test wants.' } })

/** What a neighbour answers to an operation, by `SERVICE.OPERATION`. */
export type Answers = Readonly<Record<string, (input: unknown) => unknown>>

/** A service behind the gateway that knows no more than what the test tells it. */
function neighbour(name: string, contract: AnyContractRouter, answers: Answers): HostedService {
  const handle = (operation: string) => async (input: unknown) => {
    const answer = answers[`${name}.${operation}`]
    if (answer) return answer(input)
    throw reached('test.reached', `${name}.${operation}`, { input })
  }
  const handlers = Object.fromEntries(Object.keys(contract).map((operation) => [operation, handle(operation)]))
  const definition = defineService<AnyContractRouter, object>({
    ...{ name, contract, calls: [], consumes: {}, publishes: [] },
    build: () => ({ handlers: handlers as unknown as Handlers<AnyContractRouter> }),
  })
  return hosted(definition, {})
}

const overview: Overview = {
  ...{ intervalSeconds: 5, points: [], documents: 7, parked: 0 },
  versions: { policy: '3', encoder: null, index: 'g1' },
}

export const quietOperations: Operations = Object.freeze({
  overview: async () => overview,
  services: async () => [],
  topics: async () => [],
  engines: async () => [],
  parked: async () => [],
  retry: async (messages: readonly object[]) => ({ retried: messages.length, absent: 0 }),
})

export type Asked = Readonly<{ status: number; headers: Headers; body: unknown; text: string }>

/** The gateway in a host, over HTTP. Accounts: `vic` the viewer, `ana` the merchandiser, `olga` the operator. */
export async function openGateway(needs: Partial<GatewayNeeds> = {}, answers: Answers = {}) {
  const clock = fakeClock()
  const accounts = memoryAccountStore([
    await newAccount('vic', 'viewer', password),
    await newAccount('ana', 'merchandiser', password),
    await newAccount('olga', 'operator', password),
  ])
  const auditLog = memoryAuditLog()
  const defects: unknown[] = []
  const all: GatewayNeeds = {
    ...{ accounts, auditLog, clock, operations: quietOperations, apiPages: swaggerApiPages },
    faces: { storefront: null, admin: null },
    signingKey: new Uint8Array(32).fill(7),
    ...{ tokenLifetimeSeconds: 900, secureCookies: false, pageBudgetMs: 60_000, adminBudgetMs: 60_000 },
    watch: { failed: (error) => defects.push(error) },
    ...needs,
  }
  const contracts: Readonly<Record<string, AnyContractRouter>> = {
    catalog: catalogContract,
    embedding: embeddingContract,
    indexer: indexerContract,
    inventory: inventoryContract,
    logistics: logisticsContract,
    orders: ordersContract,
    ranking: rankingContract,
    search: searchContract,
  }
  const metrics = metricsRegistry()
  const host = createHost({
    name: 'test',
    services: [
      ...Object.entries(contracts).map(([name, contract]) => neighbour(name, contract, answers)),
      hosted(gateway, all),
    ],
    listen: { hostname: '127.0.0.1', port: 0 },
    exposesRpc: false,
    logger: silentLogger,
    metrics,
    clock,
  })
  const address = (await host.start())!.origin
  const ask = async (path: string, init: RequestInit = {}): Promise<Asked> => {
    const response = await fetch(`${address}${path}`, { redirect: 'manual', ...init })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false
    return { status: response.status, headers: response.headers, body: isJson && text ? JSON.parse(text) : null, text }
  }
  const close = async () => {
    await host.stop()
    await metrics.close()
  }
  return { address, ask, clock, accounts: all.accounts, auditLog: all.auditLog, defects, close }
}

export type OpenGateway = Awaited<ReturnType<typeof openGateway>>

/** A request with a JSON body. */
export const sending = (method: string, body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
})

export const codeOf = ({ body }: Asked): unknown => (body as { error?: { code?: unknown } } | null)?.error?.code

/** The headers of a program that signed in as `name`. */
export async function bearer({ ask }: OpenGateway, name: string): Promise<Record<string, string>> {
  const { body } = await ask('/api/v1/sign-in', sending('POST', { name, password }))
  return { authorization: `Bearer ${(body as { token: string }).token}` }
}

export type BrowserSession = { name: string; role: string; csrf: string; expiresAt: string }

/** A browser that signed in as `name`: its cookie, as it is sent back, and what its page was told. */
export async function browser({ ask }: OpenGateway, name: string) {
  const answer = await ask('/api/v1/session', sending('POST', { name, password }))
  const session = answer.body as BrowserSession
  const setCookie = answer.headers.get('set-cookie') ?? ''
  const cookie = setCookie.split(';')[0]!
  return { answer, session, setCookie, cookie, headers: { cookie, 'x-csrf-token': session.csrf } }
}
