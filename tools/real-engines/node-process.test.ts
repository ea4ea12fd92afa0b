import { existsSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { temporaryDirectory } from '@eip/testkit'
import { describe, expect, it } from 'vitest'
import type { EngineNode } from './engine.port.ts'
import { kill, launch, livePid, stop, untilReady, wasStarted } from './node-process.ts'
import { assertFree } from './ports.ts'

/** A node that says "ready" and then waits, or does what the script says instead. */
const nodeIn = (directory: string, script = 'echo ready; exec sleep 1000'): EngineNode => ({
  name: 'sleeper',
  number: 1,
  directory,
  account: userInfo().username,
  ports: [{ number: 1, variable: 'ENGINES_REDIS_PORT' }],
  stopSignal: 'SIGTERM',
  prepare: async () => ({ program: '/bin/sh', arguments: ['-c', script] }),
  isReady: async () => existsSync(join(directory, 'log')) && livePid(directory) !== null,
})

describe('a node', () => {
  it('runs until it is stopped, and runs again', async () => {
    using directory = temporaryDirectory()
    const node = nodeIn(join(directory.path, 'node'))
    for (const end of [stop, kill]) {
      await launch(node)
      await untilReady(node, 60)
      expect(livePid(node.directory)).not.toBeNull()
      expect(await end(node, 60)).toBe(true)
      expect(livePid(node.directory)).toBeNull()
      expect(await end(node, 60)).toBe(false)
    }
  })

  it('is told from another process that has its id by now', async () => {
    using directory = temporaryDirectory()
    writeFileSync(join(directory.path, 'pid'), `${process.pid} 1\n`)
    expect(livePid(directory.path)).toBeNull()
    expect(wasStarted(directory.path)).toBe(true)
  })

  it('that ends while it starts is a failure with the place of its log', async () => {
    using directory = temporaryDirectory()
    const node = { ...nodeIn(join(directory.path, 'node'), 'echo no space left; exit 1'), isReady: async () => false }
    await launch(node)
    await expect(untilReady(node, 60)).rejects.toMatchObject({
      code: 'engines.not-ready',
      message: `sleeper ended while it started (log: ${join(node.directory, 'log')}).`,
    })
  })

  it('that is not ready in time is stopped', async () => {
    using directory = temporaryDirectory()
    const node = { ...nodeIn(join(directory.path, 'node')), isReady: async () => false }
    await launch(node)
    await expect(untilReady(node, 0)).rejects.toMatchObject({ code: 'engines.not-ready' })
    expect(livePid(node.directory)).toBeNull()
  })
})

describe('a port', () => {
  it('that is taken is refused with the process that listens there and the variable to change', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port: number } = server.address() as { port: number }
    await expect(assertFree({ number, variable: 'ENGINES_KAFKA_PORT' })).rejects.toMatchObject({
      code: 'engines.port-taken',
      message: expect.stringMatching(`Port ${number} \\(ENGINES_KAFKA_PORT\\) is taken by .+ \\(pid ${process.pid}\\)`),
    })
    await new Promise((resolve) => server.close(resolve))
    await expect(assertFree({ number, variable: 'ENGINES_KAFKA_PORT' })).resolves.toBeUndefined()
  })
})
