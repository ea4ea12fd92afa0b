import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryDirectory, until } from '@eip/testkit'
import { expect, it } from 'vitest'
import type { ProductIndex } from '../product-index-writer.port.ts'
import { changeAt, stateAfter } from './native.crash.fixture.ts'
import { openNativeProductIndex } from './native.product-index.ts'

const program = join(import.meta.dirname, 'native.crash.fixture.ts')

/** Lets the program run until it has applied `changes` more and a snapshot stands, then kills it at once. */
async function runAndKill(directory: string, changes: number): Promise<void> {
  const child = spawn(process.execPath, [program, directory], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  let steps = 0
  child.stdout.on('data', (data: Buffer) => {
    steps += data.toString('utf8').split('\n').length - 1
  })
  await until('the program has applied and saved', () => {
    expect(child.exitCode).toBeNull()
    return steps * 10 >= changes && existsSync(join(directory, 'manifest.json'))
  })
  child.kill('SIGKILL')
  await ended
}

async function stateOf(index: ProductIndex): Promise<Record<string, string>> {
  const request = { query: null, minimumMatches: 1, filters: [], facets: [], columns: [] } as const
  const { ids } = await index.reader.retrieve({ ...request, order: 'score', limit: 1_000 })
  return Object.fromEntries((await index.reader.show(ids)).map(({ id, title }) => [id, title]))
}

it('holds, after kill -9 in the middle, exactly what its positions say; the events bring the rest', async () => {
  using directory = temporaryDirectory()
  for (const changes of [200, 130, 70]) {
    await runAndKill(directory.path, changes)
    const index = await openNativeProductIndex({ dir: directory.path })
    const position = index.writer.resumeFrom()?.['topic/0'] ?? 0
    expect(position).toBeGreaterThan(0)
    expect(await stateOf(index)).toEqual(stateAfter(position))
    const end = position + 200
    const missing = Array.from({ length: 200 }, (_, i) => changeAt(position + i))
    await index.writer.apply(missing, { 'topic/0': end })
    expect(await stateOf(index)).toEqual(stateAfter(end))
    await index.close()
  }
})
