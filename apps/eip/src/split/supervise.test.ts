import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { until } from '@eip/testkit'
import { afterEach, expect, it } from 'vitest'
import { type Supervised, supervise } from './supervise.ts'

const supervised: Supervised[] = []
afterEach(async () => {
  for (const each of supervised.splice(0)) await each.stop()
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function open(args: (port: number) => readonly string[], stopWithinMs = 30_000) {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const said: string[] = []
  const all = supervise({
    processes: [{ service: 'search', url, environment: { TARGET: 'search' } }],
    command: [process.execPath, ...args(port)],
    environment: {},
    say: (service, line) => said.push(`${service}: ${line}`),
    restartDelayMs: 1,
    stopWithinMs,
  })
  supervised.push(all)
  return { all, url, said }
}

const fixture = fileURLToPath(new URL('./supervise.fixture.ts', import.meta.url))
const forever = AbortSignal.timeout(100_000)

it('tells what the processes write and when they are ready, and stops them as one', async () => {
  const { all, said } = await open((port) => [fixture, String(port), 'search'])
  await all.ready(forever)
  expect(said).toEqual(['search: listening as search', expect.stringMatching(/^search: ready after \d+\.\d s at http/)])
  await all.stop()
  expect(said).toContain('search: stopping')
})

it('starts a process again that ended', async () => {
  const { all, url, said } = await open((port) => [fixture, String(port), 'search'])
  await all.ready(forever)
  await fetch(`${url}/end`).catch(() => {})
  await until('it was said', () => said.includes('search: ended with status 3; it is started again in 0.001 s'))
  await all.ready(forever)
  expect(said.filter((line) => line === 'search: listening as search')).toHaveLength(2)
})

it('kills a process without a farewell when told to, and starts it again', async () => {
  const { all, said } = await open((port) => [fixture, String(port), 'search'])
  await all.ready(forever)
  all.kill('search')
  await until('it was said', () => said.includes('search: ended by SIGKILL; it is started again in 0.001 s'))
  await all.ready(forever)
  expect(said).not.toContain('search: stopping')
})

it('waits no longer for a process that never comes than it is told to', async () => {
  const { all, said } = await open(() => ['--no-such-option'])
  const waiting = new AbortController()
  const ready = all.ready(waiting.signal)
  await until('it failed twice', () => said.filter((line) => line.includes('ended with status')).length >= 2)
  waiting.abort()
  await expect(ready).rejects.toThrow(/^waiting was aborted before these were ready: search at http/)
})

it('kills a process that does not stop', async () => {
  const { all, said } = await open((port) => [fixture, String(port), 'search', 'deaf'], 200)
  await all.ready(forever)
  await all.stop()
  expect(said.slice(-2).toSorted()).toEqual(['search: does not stop, and is killed', 'search: stopping'])
})
