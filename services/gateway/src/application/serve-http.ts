import type { IncomingMessage, ServerResponse } from 'node:http'
import { gatewayContract, gatewayFailure } from '@eip/contracts'
import type { Clock } from '@eip/kernel'
import {
  type CallWatch,
  type HttpHandler,
  openApiDocument,
  openApiHandler,
  sendBadMethod,
  sendFailure,
  sendJson,
} from '@eip/rpc'
import { isSecured, isShopping } from '../domain/permission.ts'
import type { Face } from '../ports/face.port.ts'
import { admit } from './authorize.ts'
import type { Edge, GatewayHandlers } from './edge.ts'
import type { CsrfValues } from './forgery.ts'
import { serveFace } from './serve-face.ts'
import { sessionCookie } from './session-cookie.ts'
import { shopperCookie } from './shopper-cookie.ts'
import type { Tokens } from './token.ts'

const prefix = '/api/v1'

const description = `Product search of a shop, its carts and orders. Searching, reading and buying is open to everybody: a shopper is known by a cookie,
or by a secret of 16 characters or more in the header \`x-shopper\`. All other calls need a
token from \`POST ${prefix}/sign-in\`, sent as \`Authorization: Bearer TOKEN\`. A page in the browser signs in at
\`POST ${prefix}/session\` instead: the token is then in a cookie, and what changes something also needs the answer's \`csrf\` in the
header \`x-csrf-token\`. Failures are \`{ "error": { "code", "message", "cure" } }\`: the message names the field, the cure says what to do.`

/** The built pages for people; null: not served. */
export type Faces = Readonly<{ storefront: Face | null; admin: Face | null }>

export type HttpNeeds = Readonly<{
  tokens: Tokens
  csrf: CsrfValues
  clock: Clock
  pageBudgetMs: number
  adminBudgetMs: number
  apiPages: HttpHandler
  faces: Faces
  secureCookies: boolean
  watch: CallWatch
}>

/** The public HTTP surface: the API under /api/v1, its description and its page, and the faces. */
export function serveHttp(handlers: GatewayHandlers, needs: HttpNeeds): HttpHandler {
  const api = serveApi(handlers, needs)
  const document = describeApi()
  const faces = serveFaces(needs.faces)
  return async (request, response) => {
    for (const handle of [document, needs.apiPages, api]) if (await handle(request, response)) return true
    const path = (request.url ?? '').split('?')[0]!
    if (!/^\/api(\/|$)/.test(path)) return faces(request, response)
    sendNotFound(response, path)
    return true
  }
}

function serveApi(handlers: GatewayHandlers, needs: HttpNeeds): HttpHandler {
  const { clock, watch, pageBudgetMs, adminBudgetMs } = needs
  const callerOf = admit(needs)
  // Checking a password takes its time by design.
  const checksPassword = (operation: string) => operation === 'signIn' || operation === 'openSession'
  return openApiHandler(gatewayContract, handlers, {
    prefix,
    clock,
    watch,
    budgetMs: (operation) =>
      isSecured(operation) || checksPassword(operation) || isShopping(operation) ? adminBudgetMs : pageBudgetMs,
    badRequest: (message, details) => gatewayFailure('gateway.bad-request', message, details),
    notFound: (message) => gatewayFailure('gateway.not-found', message),
    async extra(request: IncomingMessage, operation, reply): Promise<{ edge?: Edge }> {
      const caller = await callerOf(operation, request)
      const { headers } = request
      const cookie = sessionCookie(headers, reply, needs.secureCookies)
      return { edge: { caller, cookie, shopper: shopperCookie(headers, reply, needs.secureCookies) } }
    },
  })
}

function describeApi(): HttpHandler {
  const document = openApiDocument(gatewayContract, { title: 'EIP', version: '1', description, prefix, isSecured })
  return async (request, response) => {
    if ((request.url ?? '').split('?')[0] !== `${prefix}/openapi.json`) return false
    if (request.method === 'GET' || request.method === 'HEAD') sendJson(response, 200, await document)
    else sendBadMethod(request, response, ['GET', 'HEAD'])
    return true
  }
}

/** The admin at /admin/, the storefront everywhere else; without a storefront, `/` leads to the API's page. */
function serveFaces({ storefront, admin }: Faces): HttpHandler {
  const serveAdmin = admin && serveFace(admin, '/admin/')
  const serveStorefront = storefront && serveFace(storefront, '/')
  return async (request, response) => {
    const path = (request.url ?? '').split('?')[0]!
    if (serveAdmin && (await serveAdmin(request, response))) return true
    if (/^\/admin(\/|$)/.test(path)) return false
    if (serveStorefront) return serveStorefront(request, response)
    if (path !== '/' || request.method !== 'GET') return false
    response.writeHead(302, { location: '/api/docs' }).end()
    return true
  }
}

function sendNotFound(response: ServerResponse, path: string): void {
  sendFailure(response, gatewayFailure('gateway.not-found', `there is nothing at ${path.slice(0, 200)}`))
}
