import { type GatewayContract, gatewayContract, gatewayFailure } from '@eip/contracts'
import type { Clock } from '@eip/kernel'
import {
  type CallWatch,
  type Handlers,
  type HttpHandler,
  openApiDocument,
  openApiHandler,
  sendBadMethod,
  sendFailure,
  sendJson,
} from '@eip/rpc'
import { permissions } from '../domain/permission.ts'
import { authenticate, authorize } from './authorize.ts'
import type { Tokens } from './token.ts'

const prefix = '/api/v1'

const description = `Product search of a shop. Searching and reading products is open to everybody; calls under "Admin" need a
token from \`POST ${prefix}/sign-in\`, sent as \`Authorization: Bearer TOKEN\`. Failures are
\`{ "error": { "code", "message", "cure" } }\`: the message names the field, the cure says what to do.`

type Needs = Readonly<{
  tokens: Tokens
  clock: Clock
  pageBudgetMs: number
  adminBudgetMs: number
  pages: HttpHandler
  watch: CallWatch
}>

/** The public HTTP surface: the API under /api/v1, its description, and its page. */
export function serveHttp(
  handlers: Handlers<GatewayContract>,
  { tokens, clock, pages, watch, ...budgets }: Needs,
): HttpHandler {
  const claimsOf = authenticate(tokens)
  const isSecured = (operation: string) => operation in permissions
  // Checking a password takes its time by design.
  const budgetMs = (operation: string) =>
    isSecured(operation) || operation === 'signIn' ? budgets.adminBudgetMs : budgets.pageBudgetMs
  const document = openApiDocument(gatewayContract, { title: 'EIP', version: '1', description, prefix, isSecured })
  const api = openApiHandler(gatewayContract, handlers, {
    prefix,
    clock,
    watch,
    budgetMs,
    badRequest: (message, details) => gatewayFailure('gateway.bad-request', message, details),
    notFound: (message) => gatewayFailure('gateway.not-found', message),
    async extra(request, operation) {
      authorize(operation, isSecured(operation) ? await claimsOf(request.headers.authorization) : null)
      return {}
    },
  })
  return async (request, response) => {
    const path = (request.url ?? '').split('?')[0]
    if (path === `${prefix}/openapi.json`) {
      if (request.method === 'GET' || request.method === 'HEAD') sendJson(response, 200, await document)
      else sendBadMethod(request, response, ['GET', 'HEAD'])
      return true
    }
    if ((await pages(request, response)) || (await api(request, response))) return true
    if (path === '/' && request.method === 'GET') {
      response.writeHead(302, { location: '/api/docs' }).end()
      return true
    }
    if (!path?.startsWith('/api')) return false
    sendFailure(response, gatewayFailure('gateway.not-found', `there is nothing at ${path.slice(0, 200)}`))
    return true
  }
}
