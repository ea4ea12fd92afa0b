import { expect, it } from 'vitest'
import { oneByOne } from './turn-queue.ts'

it('runs one after the other in the order asked for, whatever became of the one before', async () => {
  const inTurn = oneByOne('notes')
  const steps: string[] = []
  const step = (name: string) =>
    inTurn(async () => {
      steps.push(`${name} begins`)
      await new Promise((resolve) => setImmediate(resolve))
      steps.push(`${name} ends`)
      if (name === 'b') throw new Error('no')
      return name
    })
  const answers = await Promise.allSettled(['a', 'b', 'c'].map(step))
  expect(steps).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
})

it('refuses what waits too long, and goes on', async () => {
  const inTurn = oneByOne('notes', 10)
  const release = Promise.withResolvers<void>()
  const holding = inTurn(() => release.promise)
  await expect(inTurn(async () => {})).rejects.toMatchObject({ code: 'database.turn-timeout' })
  release.resolve()
  await holding
  expect(await inTurn(async () => 'done')).toBe('done')
})
