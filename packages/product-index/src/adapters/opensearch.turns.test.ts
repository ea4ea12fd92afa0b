import { aProduct } from '@eip/testkit'
import { expect, it } from 'vitest'
import { changesOf } from '../contract/requests.ts'
import { createTurns } from './opensearch.turns.ts'

const one = (id: string) => changesOf([aProduct({ id })])

/** Puts wait until they are let go on. */
function turnsWatched() {
  const puts: string[] = []
  const gate = Promise.withResolvers<void>()
  const turns = createTurns(async (changes, positions) => {
    puts.push(`${changes.map(({ id }) => id)} ${JSON.stringify(positions)}`)
    await gate.promise
    if (changes.some(({ id }) => id === 'bad')) throw new Error('refused')
  })
  return { puts, turns, go: gate.resolve }
}

it('puts calls that wait side by side in together, and no other work before its turn', async () => {
  const { puts, turns, go } = turnsWatched()
  const first = turns.apply(one('a'), { t: 1 })
  await Promise.resolve()
  const waiting = [turns.apply(one('b'), { t: 2 }), turns.apply(one('c'), { t: 3, u: 1 })]
  const work = turns.inTurn(async () => void puts.push('work'))
  const last = turns.apply(one('d'), {})
  go()
  await Promise.all([first, ...waiting, work, last])
  expect(puts.join(' | ')).toBe('a {"t":1} | b,c {"t":3,"u":1} | work | d {}')
})

it('takes a call that comes when all is done', async () => {
  const { puts, turns, go } = turnsWatched()
  go()
  await turns.apply(one('a'), {})
  await turns.apply(one('b'), {})
  expect(puts).toHaveLength(2)
})

it('tells everyone of a put that fails, and goes on with the next', async () => {
  const { turns, go } = turnsWatched()
  const first = turns.apply(one('a'), {})
  const together = [turns.apply(one('bad'), {}), turns.apply(one('b'), {})]
  const outcomes = Promise.allSettled([first, ...together])
  go()
  expect((await outcomes).map(({ status }) => status)).toEqual(expect.arrayContaining(['rejected']))
  await turns.apply(one('c'), {})
  await expect(turns.inTurn(async () => 'done')).resolves.toBe('done')
})
