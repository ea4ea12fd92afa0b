import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { gatewayFailure } from '@eip/contracts'
import { type HttpHandler, sendFailure } from '@eip/rpc'
import { facePolicy, pageHeaders } from '../domain/page-security.ts'
import type { Face, FaceFile } from '../ports/face.port.ts'

const page = 'index.html'
const headersOfPage = pageHeaders(facePolicy)

/** Files whose name holds a hash of their content, as the build names them: what has that name never changes. */
const isNamedByContent = (path: string) => /^assets\/.*-[\w-]{8,}\.[\w.]+$/.test(path)

type Encoded = Readonly<{ bytes: Uint8Array; tag: string; encoding: 'br' | 'gzip' | null }>

/** The encodings that a header admits (RFC 9110, 12.5.3); `;q=0` refuses one. */
function accepted(header: string | string[] | undefined): ReadonlySet<string> {
  const parts = String(header ?? '').split(',')
  const admitted = parts.filter((part) => !/;\s*q=0(\.0*)?\s*$/i.test(part))
  return new Set(admitted.map((part) => part.split(';')[0]!.trim().toLowerCase()))
}

function encoded({ bytes, brotli, gzip, tag }: FaceFile, headers: IncomingHttpHeaders): Encoded {
  const wanted = accepted(headers['accept-encoding'])
  if (brotli && wanted.has('br')) return { bytes: brotli, tag: `"${tag}-br"`, encoding: 'br' }
  if (gzip && wanted.has('gzip')) return { bytes: gzip, tag: `"${tag}-gzip"`, encoding: 'gzip' }
  return { bytes, tag: `"${tag}"`, encoding: null }
}

function isKnown(header: string | undefined, tag: string): boolean {
  const known = header?.split(',').map((each) => each.trim().replace(/^W\//, '')) ?? []
  return known.includes('*') || known.includes(tag)
}

function send(request: IncomingMessage, response: ServerResponse, path: string, file: FaceFile): void {
  const { bytes, tag, encoding } = encoded(file, request.headers)
  const headers = {
    ...(path === page ? headersOfPage : { 'x-content-type-options': 'nosniff' }),
    etag: tag,
    'cache-control': isNamedByContent(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
    ...(file.brotli || file.gzip ? { vary: 'accept-encoding' } : {}),
  }
  if (isKnown(request.headers['if-none-match'], tag)) {
    response.writeHead(304, headers).end()
    return
  }
  response.writeHead(200, {
    ...headers,
    'content-type': file.type,
    'content-length': bytes.byteLength,
    ...(encoding ? { 'content-encoding': encoding } : {}),
  })
  response.end(request.method === 'HEAD' ? undefined : bytes)
}

/** The path inside the face; null where its escapes are malformed. */
function inside(path: string): string | null {
  try {
    return decodeURIComponent(path)
  } catch {
    return null
  }
}

/** Whether a path is one of the page's own places, such as a product: a file has a dot, and nobody goes to an asset. */
function isPlace(path: string, { accept = '' }: IncomingHttpHeaders): boolean {
  if (path.startsWith('assets/')) return false
  const last = path.slice(path.lastIndexOf('/') + 1)
  // A product's id may hold a dot too: a browser that goes somewhere asks for HTML, one that loads a file does not.
  return !last.includes('.') || accept.includes('text/html')
}

/**
 * Serves a face at a root such as `/` or `/admin/`: its files by their names, and its page at every place of its own.
 * GET and HEAD only; what is not there is answered with 404. Paths are looked up by name and never lead to the disk.
 */
export function serveFace(face: Face, root: `/${string}`): HttpHandler {
  return async (request, response) => {
    const given = (request.url ?? '').split('?')[0]!
    if (request.method !== 'GET' && request.method !== 'HEAD') return false
    if (`${given}/` === root) {
      response.writeHead(302, { location: root }).end()
      return true
    }
    if (!given.startsWith(root)) return false
    const path = inside(given.slice(root.length))
    const found = path ? face.file(path) : null
    const index = path !== null && !found && isPlace(path, request.headers) ? face.file(page) : null
    if (found) send(request, response, path as string, found)
    else if (index) send(request, response, page, index)
    else sendFailure(response, gatewayFailure('gateway.not-found', `there is nothing at ${given.slice(0, 200)}`))
    return true
  }
}
