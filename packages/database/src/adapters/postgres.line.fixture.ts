import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A line to the server that can be cut. `url` is the server's at this end of it. */
export type BreakableLine = AsyncDisposable &
  Readonly<{
    url: string
    /** Breaks all connections once these words have gone to the server; its answer does not come through. */
    breakAfter(words: string): void
    /** Until it is mended, nobody answers. */
    cut(): Promise<void>
    mend(): Promise<void>
  }>

export async function breakableLine(serverUrl: string): Promise<BreakableLine> {
  const { hostname, port } = new URL(serverUrl)
  const sockets = new Set<Socket>()
  let lastWords: string | undefined
  const breakAll = () => {
    for (const socket of sockets) socket.destroy()
  }
  const server = createServer((near) => {
    const far = connect(Number(port || 5432), hostname)
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        near.destroy()
        far.destroy()
      })
    }
    far.pipe(near)
    near.on('data', (bytes) => {
      const isLast = lastWords !== undefined && bytes.includes(lastWords)
      if (isLast) far.unpipe(near)
      far.write(bytes, () => isLast && far.end(() => near.destroy()))
    })
  })
  const listen = async (at: number) => {
    server.listen(at, '127.0.0.1')
    await once(server, 'listening')
  }
  const cut = async () => {
    const closed = once(server, 'close')
    server.close()
    breakAll()
    await closed
  }
  await listen(0)
  const { port: here } = server.address() as AddressInfo
  const url = new URL(serverUrl)
  url.hostname = '127.0.0.1'
  url.port = String(here)
  return {
    url: url.href,
    breakAfter(words) {
      lastWords = words
    },
    cut,
    mend: () => listen(here),
    async [Symbol.asyncDispose]() {
      if (server.listening) await cut()
    },
  }
}
