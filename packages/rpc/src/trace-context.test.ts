import { expect, it } from 'vitest'
import { childTrace, formatTrace, newTrace, parseTrace } from './index.ts'

const valid = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'

it('a traceparent reads and writes the same', () => {
  expect(formatTrace(parseTrace(valid)!)).toBe(valid)
  const trace = newTrace()
  expect(parseTrace(formatTrace(trace))).toEqual(trace)
})

it('a step keeps the trace and has an id of its own', () => {
  const parent = parseTrace(valid)!
  const child = childTrace(parent)
  expect(child).toMatchObject({ traceId: parent.traceId, isSampled: true })
  expect(child.spanId).not.toBe(parent.spanId)
})

it('ids do not repeat', () => {
  const ids = new Set(Array.from({ length: 10_000 }, () => newTrace().traceId))
  expect(ids.size).toBe(10_000)
})

it('a later version may say more, and is still read', () => {
  expect(parseTrace(`cc${valid.slice(2)}-what-comes-later`)?.traceId).toBe('4bf92f3577b34da6a3ce929d0e0e4736')
})

it.each([
  undefined,
  '',
  'hello',
  valid.toUpperCase(),
  `ff${valid.slice(2)}`,
  `${valid}-more`,
  valid.replace('4bf92f3577b34da6a3ce929d0e0e4736', '0'.repeat(32)),
  valid.replace('00f067aa0ba902b7', '0'.repeat(16)),
  `${valid}\n`,
])('what is not a traceparent begins no trace: %j', (header) => {
  expect(parseTrace(header)).toBeNull()
})
