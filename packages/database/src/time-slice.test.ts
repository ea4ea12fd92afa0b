import { expect, it } from 'vitest'
import { timeSlice } from './time-slice.ts'

it('goes on at once while the slice lasts', () => {
  expect(timeSlice(1_000_000).pause()).toBeUndefined()
})

it('lets the event loop turn when the slice is over', async () => {
  const slice = timeSlice(0)
  let hasTurned = false
  setImmediate(() => {
    hasTurned = true
  })
  await slice.pause()
  expect(hasTurned).toBe(true)
})
