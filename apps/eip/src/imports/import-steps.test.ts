import type { ImportStep } from '@eip/service-catalog'
import { expect, it } from 'vitest'
import { importSteps } from './import-steps.ts'

it('tells what is being done, at most five times a second', () => {
  const told: ImportStep[] = []
  let now = 0
  const report = importSteps(
    (step) => told.push(step),
    () => now,
  )
  for (; now < 1_000; now += 10) report({ phase: 'reading', file: 'f', bytesRead: now, bytesTotal: 1_000, rows: now })
  expect(told.map(({ share }) => share)).toEqual([0, 0.2, 0.4, 0.6, 0.8])
  report({ phase: 'loading', rows: 5, rowsTotal: 0 })
  // What was read is not forgotten, though it was not told at its time.
  expect(told.at(-1)).toEqual({ phase: 'loading', share: 1, read: 990 })
})
