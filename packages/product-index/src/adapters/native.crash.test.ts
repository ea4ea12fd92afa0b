import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryDirectory, until } from '@eip/testkit'
import { expect, it } from 'vitest'
import { asking } from '../contract/requests.ts'
import { encoder, tolerance } from '../contract/vectors.ts'
import type { ProductIndex } from '../product-index-writer.port.ts'
import {
  changeAt,
  comesAndGoes,
  slopesAfter,
  stateAfter,
  stockAfter,
  stockChangeAt,
  vectorChangeAt,
} from './native.crash.fixture.ts'
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
  const { ids } = await index.reader.retrieve(asking())
  return Object.fromEntries((await index.reader.show(ids)).map(({ id, title }) => [id, title]))
}

async function slopesOf(index: ProductIndex): Promise<Record<string, number>> {
  const state: Record<string, number> = {}
  for (let n = 0; n < 30; n++) {
    const vector = await index.reader.vectorOf(`p${n}`, encoder)
    if (vector !== null) state[`p${n}`] = vector[1]! / vector[0]!
  }
  return state
}

/** By what the view says that it was given, and by what a query sees of the products that are there. */
async function expectStock(index: ProductIndex, expected: Record<string, number | null>): Promise<void> {
  const held = await index.writer.held.of(Object.keys(expected))
  const told = held.map(({ id, owned }) => [id, owned.inventory?.numbers.atp ?? null])
  expect(Object.fromEntries(told)).toEqual(expected)
  const { ids, columns } = await index.reader.retrieve(asking({ columns: ['atp'] }))
  expect([...columns.atp!]).toEqual(ids.map((id) => expected[id] ?? Number.NaN))
}

function expectSlopes(found: Record<string, number>, expected: Record<string, number>): void {
  expect(Object.keys(found).toSorted()).toEqual(Object.keys(expected).toSorted())
  for (const [id, slope] of Object.entries(expected)) expect(Math.abs(found[id]! - slope)).toBeLessThan(tolerance)
}

it('holds, after kill -9 in the middle, exactly what its positions say; the events bring the rest', async () => {
  using directory = temporaryDirectory()
  for (const changes of [200, 130, 70]) {
    await runAndKill(directory.path, changes)
    const index = await openNativeProductIndex({ dir: directory.path })
    const resumed = index.writer.resumeFrom() ?? {}
    const position = resumed['topic/0'] ?? 0
    expect(position).toBeGreaterThan(0)
    expect(await stateOf(index)).toEqual(stateAfter(position))
    const vectors = resumed['vectors/0'] ?? 0
    expect(vectors).toBeGreaterThan(0)
    expectSlopes(await slopesOf(index), slopesAfter(vectors))
    const stock = resumed['stock/0'] ?? 0
    await expectStock(index, stockAfter(stock))
    const encoders = resumed['encoders/0'] ?? 0
    if (encoders % 2 === 0) expect(await index.reader.vectorOf('p0', comesAndGoes)).toBeNull()
    const next = 200
    await index.writer.apply(
      Array.from({ length: next }, (_, i) => changeAt(position + i)),
      { 'topic/0': position + next },
    )
    await index.writer.applyVectors(
      Array.from({ length: next }, (_, i) => vectorChangeAt(vectors + i)),
      { 'vectors/0': vectors + next },
    )
    await index.writer.applyColumns(
      Array.from({ length: next }, (_, i) => stockChangeAt(stock + i)),
      { 'stock/0': stock + next },
    )
    expect(await stateOf(index)).toEqual(stateAfter(position + next))
    await expectStock(index, stockAfter(stock + next))
    expectSlopes(await slopesOf(index), slopesAfter(vectors + next))
    await index.close()
  }
})
