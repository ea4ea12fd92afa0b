import { Worker } from 'node:worker_threads'
import { expect, it } from 'vitest'
import { recallOf } from './brute-force.fixture.ts'
import { taggedVector } from './generated-vectors.fixture.ts'
import { createVectorIndexReader, type VectorPublication } from './index.ts'

const DIMENSIONS = 32
const IDS = 5000
const ROUNDS = 100

it('a reader searches whole and right while another thread writes, links, renews and grows the memory', async () => {
  const worker = new Worker(new URL('./concurrency-writer.fixture.ts', import.meta.url), {
    workerData: { dimensions: DIMENSIONS, ids: IDS, rounds: ROUNDS },
  })
  const reader = createVectorIndexReader({ dimensions: DIMENSIONS })
  const faults: string[] = []
  const generations = new Set<string>()
  const rounds = new Map<number, number>()
  let searches = 0
  let misses = 0
  const check = () => {
    for (let target = searches % 100, times = 0; times < 20; times++, target = (target + 7) % 100) {
      const slot = reader.find(`p${target}`)
      if (slot < 0) return faults.push(`p${target} is not there`)
      const query = reader.vector(slot)
      const { slots, scores } = reader.search(query, { k: 10, ...(times % 2 === 0 ? {} : { filter }) })
      searches++
      if (slots.length !== 10 || new Set(slots).size !== 10) faults.push(`${slots.length} results`)
      if (slots[0] !== slot || !(scores[0]! > 0.999)) misses++
      for (const each of slots) if (reader.find(reader.idOf(each)) !== each) faults.push(`slot ${each} is not live`)
      const round = roundOf(target, query)
      if (round < (rounds.get(target) ?? 0)) faults.push(`p${target} went back to round ${round}`)
      rounds.set(target, round)
    }
    return 0
  }
  const roundOf = (id: number, vector: Float32Array) => {
    const base = taggedVector(id, 0, DIMENSIONS)
    return Math.round(((vector[DIMENSIONS - 1]! / vector[0]!) * base[0]! - base[DIMENSIONS - 1]!) * 1000)
  }
  const filter = {
    admits: (slot: number) => slot % 3 > 0 || Number(reader.idOf(slot).slice(1)) < 100,
    admitted: () => null,
  }
  await new Promise<void>((resolve, reject) => {
    worker.on('error', reject)
    worker.on('message', (message: VectorPublication | 'done') => {
      if (message === 'done') return resolve()
      reader.apply(message)
      generations.add(message.generation)
      if (message.size < IDS / 2) return
      check()
    })
  })
  await worker.terminate()
  expect(faults.slice(0, 5)).toEqual([])
  expect(searches).toBeGreaterThan(ROUNDS)
  // A vector is nearest to itself; a graph may miss it now and then.
  expect(misses / searches).toBeLessThan(0.05)
  expect(generations.size).toBeGreaterThan(1)
  const queries = Array.from({ length: 50 }, (_, id) => taggedVector(id, 500, DIMENSIONS))
  expect(recallOf(reader, queries, 10)).toBeGreaterThan(0.9)
})
