import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { HttpHandler } from '@eip/rpc'
import { pageHeaders } from '../domain/page-security.ts'

const assets = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>EIP: the HTTP API</title>
<link rel="stylesheet" href="/api/docs/swagger-ui.css">
<link rel="icon" href="/api/docs/favicon-32x32.png">
</head>
<body>
<noscript>This page needs scripts; the same is at <a href="/api/v1/openapi.json">/api/v1/openapi.json</a>.</noscript>
<main id="api"></main>
<script src="/api/docs/swagger-ui-bundle.js"></script>
<script src="/api/docs/start.js"></script>
</body>
</html>
`

const start = `SwaggerUIBundle({
  url: '/api/v1/openapi.json',
  dom_id: '#api',
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
})
`

type Content = Readonly<{ type: string; read: () => Buffer | string }>

const asset = (name: string, type: string): [string, Content] => [
  `/api/docs/${name}`,
  { type, read: () => readFileSync(join(assets, name)) },
]
const own = (path: string, type: string, text: string): [string, Content] => [path, { type, read: () => text }]

const pages = new Map<string, Content>([
  own('/api/docs', 'text/html; charset=utf-8', page),
  own('/api/docs/start.js', 'text/javascript; charset=utf-8', start),
  asset('swagger-ui.css', 'text/css; charset=utf-8'),
  asset('swagger-ui-bundle.js', 'text/javascript; charset=utf-8'),
  asset('favicon-32x32.png', 'image/png'),
])

// Swagger UI draws with inline styles and data pictures; scripts come from here alone.
const security = pageHeaders(
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'",
)

/** `/api/docs`: the OpenAPI document as a readable page, without anything from elsewhere. */
export const swaggerApiPages: HttpHandler = async (request, response) => {
  const path = (request.url ?? '').split('?')[0]?.replace(/\/$/, '') ?? ''
  const content = pages.get(path)
  if (!content || (request.method !== 'GET' && request.method !== 'HEAD')) return false
  const body = content.read()
  response.writeHead(200, {
    'content-type': content.type,
    'content-length': Buffer.byteLength(body),
    ...security,
    'cache-control': 'no-cache',
  })
  response.end(request.method === 'HEAD' ? undefined : body)
  return true
}
