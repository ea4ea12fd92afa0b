import { describe, expect, test } from 'vitest'
import { commitQueue } from './commit-queue.ts'

function queueOf(commit: (works: readonly string[]) => void, maximumWeight = 1_000) {
  const runs: (() => void)[] = []
  const log: string[] = []
  const queue = commitQueue<string>({
    commit,
    committed: () => log.push('committed'),
    soon: (run) => runs.push(run),
    maximumWeight,
  })
  const add = (work: string, weight = 1) =>
    queue.add({ work, weight, done: (error) => log.push(error === undefined ? work : `${work} failed`) })
  return { add, queue, log, runs, next: () => runs.shift()?.() }
}

describe('commit queue', () => {
  test('commits everything that has arrived in one go, and tells each after it', () => {
    const commits: (readonly string[])[] = []
    const { add, log, next, runs } = queueOf((works) => commits.push(works))
    for (const work of ['a', 'b', 'c']) add(work)
    expect(commits).toEqual([])
    next()
    expect(commits).toEqual([['a', 'b', 'c']])
    expect(log).toEqual(['a', 'b', 'c', 'committed'])
    expect(runs).toEqual([])
  })

  test('lets what arrives during a commit share the next one', () => {
    const commits: (readonly string[])[] = []
    const { add, next } = queueOf((works) => {
      commits.push(works)
      if (commits.length === 1) for (const work of ['b', 'c', 'd']) add(work)
    })
    add('a')
    next()
    next()
    expect(commits).toEqual([['a'], ['b', 'c', 'd']])
  })

  test('fills a commit up to its weight, never leaving a heavy job behind for good', () => {
    const commits: (readonly string[])[] = []
    const { add, next, queue } = queueOf((works) => commits.push(works), 10)
    add('heavy', 50)
    add('a', 6)
    add('b', 6)
    add('c', 6)
    next()
    next()
    expect(commits).toEqual([['heavy'], ['a', 'b']])
    queue.drain()
    expect(commits.at(-1)).toEqual(['c'])
  })

  test('tells everyone of a commit that failed, and goes on', () => {
    let isFull = true
    const { add, log, next } = queueOf(() => {
      if (isFull) throw new Error('disk full')
    })
    add('a')
    add('b')
    next()
    isFull = false
    add('c')
    next()
    expect(log).toEqual(['a failed', 'b failed', 'committed', 'c', 'committed'])
  })
})
