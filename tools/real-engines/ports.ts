import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { connect } from 'node:net'
import { failure } from './failures.ts'
import type { Port } from './settings.ts'

/** Sends what is given and resolves to the first answer; to '' when connected and nothing was sent; to null when nobody answers. */
export function ask(port: number, request = '', limitMs = 2_000): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const done = (answer: string | null) => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(limitMs, () => done(null))
    socket.on('error', () => done(null))
    socket.on('close', () => done(null))
    socket.on('connect', () => (request === '' ? done('') : socket.write(request)))
    socket.on('data', (data) => done(String(data)))
  })
}

export const isOpen = async (port: number): Promise<boolean> => (await ask(port)) !== null

/** Throws `engines.port-taken` with the process that listens there, where the kernel tells. */
export async function assertFree({ number, variable }: Port): Promise<void> {
  if (!(await isOpen(number))) return
  const holder = holderOf(number)
  throw failure(
    'engines.port-taken',
    `Port ${number} (${variable}) is taken by ${holder ?? 'a process of somebody else'}.`,
  )
}

/** `redis-server (pid 123)`: the process with the listening socket, found through /proc. */
function holderOf(port: number): string | null {
  const sockets = listeningSockets(port)
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const folder = `/proc/${pid}/fd`
    const isHolder = seen(() => readdirSync(folder))?.some((fd) =>
      sockets.has(seen(() => readlinkSync(`${folder}/${fd}`)) ?? ''),
    )
    const name = isHolder ? seen(() => readFileSync(`/proc/${pid}/comm`, 'utf8')) : null
    if (name !== null) return `${name.trim()} (pid ${pid})`
  }
  return null
}

/** Null where it is gone meanwhile, or belongs to somebody else. */
function seen<T>(look: () => T): T | null {
  try {
    return look()
  } catch {
    return null
  }
}

function listeningSockets(port: number): ReadonlySet<string> {
  const address = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const rows = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) => readFileSync(file, 'utf8').split('\n'))
  const fields = rows.map((row) => row.trim().split(/\s+/))
  // local address, state 0A (listening), inode: see proc(5)
  return new Set(fields.filter((f) => f[1]?.endsWith(address) && f[3] === '0A').map((f) => `socket:[${f[9]}]`))
}
