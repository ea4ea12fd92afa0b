import { Agent as HttpAgent, request as httpRequest } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'

export type HttpAnswer = Readonly<{ status: number; text: string }>

/** Connections to neighbours, kept open between calls. */
export type HttpTransport = Readonly<{
  /** Rejects when the peer cannot be reached or breaks off, and when `signal` aborts. */
  post(address: URL, headers: Readonly<Record<string, string>>, body: string, signal: AbortSignal): Promise<HttpAnswer>
  /** Closes all connections. */
  close(): void
}>

// Shorter than the server's keep-alive: the client closes first, so that no request meets a socket just closed.
const idleMs = 15_000

/** node:http directly: measured on loopback with an answer of 20 hits, `fetch` took twice the time (0.39 ms against 0.20). */
export function httpTransport(): HttpTransport {
  const agents = {
    'http:': new HttpAgent({ keepAlive: true, timeout: idleMs }),
    'https:': new HttpsAgent({ keepAlive: true, timeout: idleMs }),
  }
  return Object.freeze({
    post(address: URL, headers: Readonly<Record<string, string>>, body: string, signal: AbortSignal) {
      const isSecure = address.protocol === 'https:'
      const bytes = Buffer.from(body)
      return new Promise<HttpAnswer>((resolve, reject) => {
        const options = {
          method: 'POST',
          agent: isSecure ? agents['https:'] : agents['http:'],
          signal,
          headers: { ...headers, 'content-type': 'application/json', 'content-length': bytes.length },
        }
        const request = (isSecure ? httpsRequest : httpRequest)(address, options, (response) => {
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => chunks.push(chunk))
          response.once('error', reject)
          response.once('end', () =>
            resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
          )
        })
        request.once('error', reject)
        request.end(bytes)
      })
    },
    close() {
      agents['http:'].destroy()
      agents['https:'].destroy()
    },
  })
}
