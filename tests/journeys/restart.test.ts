import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { repositoryRoot, temporaryDirectory, until } from '@eip/testkit'
import { afterEach, describe, expect, it } from 'vitest'

const program = join(repositoryRoot, 'apps/eip/src/main.ts')
const running = new Set<ChildProcess>()
afterEach(() => {
  for (const child of running) child.kill('SIGKILL')
})

type Served = Readonly<{
  url: string
  child: ChildProcess
  text(): string
  end(signal: NodeJS.Signals): Promise<number | null>
}>

async function serve(directory: string, settings: Record<string, string>): Promise<Served> {
  const env = {
    PATH: process.env.PATH,
    EIP_DATA_DIR: directory,
    PORT: '0',
    LOG_LEVEL: 'warn',
    PAGE_BUDGET_MS: '60000',
    ADMIN_BUDGET_MS: '60000',
    ...settings,
  }
  const child = spawn(process.execPath, [program, 'serve'], { env, stdio: ['ignore', 'ignore', 'pipe'] })
  running.add(child)
  let text = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    text += chunk
  })
  const exited = once(child, 'exit') as Promise<[number | null]>
  const url = await until('the platform says where it answers', () => {
    if (child.exitCode !== null) throw new Error(`the platform ended with ${child.exitCode}: ${text}`)
    return /answers at (\S+)/.exec(text)?.[1]
  })
  return {
    url,
    child,
    text: () => text,
    async end(signal) {
      child.kill(signal)
      const [status] = await exited
      running.delete(child)
      return status
    },
  }
}

const total = async ({ url }: Served, query = '') => {
  const response = await fetch(`${url}/api/v1/search?q=${query}&size=1`)
  return response.ok ? ((await response.json()) as { total: number }).total : -1
}

describe('the platform over restarts', () => {
  it('fills the demo shop at the first start only, and keeps it', async () => {
    using at = temporaryDirectory()
    const first = await serve(at.path, { DEMO: 'on' })
    await until('the demo shop is in', () => first.text().includes('The demo shop is in'))
    expect(await total(first)).toBe(5_000)
    expect(first.text()).toMatch(/operator +\S+ +operator/)
    expect(await first.end('SIGTERM')).toBe(0)
    const second = await serve(at.path, { DEMO: 'on' })
    await until('the index is there', async () => (await total(second)) === 5_000)
    expect(second.text()).not.toContain('import')
    await second.end('SIGTERM')
  })

  it('loses nothing acknowledged by kill -9', async () => {
    using at = temporaryDirectory()
    const settings = { DEMO: 'off', OPERATOR_PASSWORD: 'correct horse battery' }
    let acknowledged = 0
    for (let round = 0; round < 3; round++) {
      const served = await serve(at.path, settings)
      const signedIn = await fetch(`${served.url}/api/v1/sign-in`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'operator', password: settings.OPERATOR_PASSWORD }),
      })
      const { token } = (await signedIn.json()) as { token: string }
      let isKilled = false
      const put = async (batch: number) => {
        const products = Array.from({ length: 200 }, (_, i) => ({
          id: `r${round}-b${batch}-${i}`,
          title: `Kettle ${i}`,
        }))
        const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
        const response = await fetch(`${served.url}/api/v1/products`, {
          method: 'POST',
          headers,
          body: JSON.stringify({ products }),
        })
        const { created } = (await response.json()) as { created: number }
        acknowledged += created
        // In the middle of things: the next batches are on their way.
        if (batch === 5) {
          isKilled = true
          served.child.kill('SIGKILL')
        }
      }
      await Promise.all(
        Array.from({ length: 12 }, (_, batch) =>
          put(batch).catch((error) => {
            if (!isKilled) throw error
          }),
        ),
      )
      await served.end('SIGKILL')
    }
    const last = await serve(at.path, settings)
    await until('everything acknowledged can be found', async () => (await total(last)) >= acknowledged)
    expect(acknowledged).toBeGreaterThanOrEqual(600)
    // What was on its way when the process died may still be coming in.
    await until('words find all that is there', async () => (await total(last, 'kettle')) === (await total(last)))
    await last.end('SIGTERM')
  })

  it('refuses a data directory that another process uses', async () => {
    using at = temporaryDirectory()
    const first = await serve(at.path, { DEMO: 'off' })
    await expect(serve(at.path, { DEMO: 'off' })).rejects.toThrow(/used by another process/)
    await first.end('SIGTERM')
  })

  it('refuses a split that embedded backends cannot carry, and names what is missing', async () => {
    using at = temporaryDirectory()
    await expect(serve(at.path, { TARGET: 'gateway' })).rejects.toThrow(/catalog.*indexer|indexer.*catalog/)
    await expect(serve(at.path, { TARGET: 'serach' })).rejects.toThrow(
      /"serach"; there are catalog, embedding, indexer, inventory, logistics, orders, ranking, search, gateway/,
    )
  })
})
