import { randomFillSync } from 'node:crypto'

/** Which request this work belongs to, as W3C Trace Context says (https://www.w3.org/TR/trace-context/, §3.2). */
export type TraceContext = Readonly<{
  /** 32 hexadecimal digits, the same for everything that one request sets off. */
  traceId: string
  /** 16 hexadecimal digits, this step's own. */
  spanId: string
  isSampled: boolean
}>

// Random bytes are drawn in blocks: one by one they would cost more than the rest of an in-process call.
const pool = Buffer.alloc(4_096)
let used = pool.length

function randomHex(bytes: number): string {
  if (used + bytes > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += bytes
  const hex = pool.toString('hex', used - bytes, used)
  return /^0+$/.test(hex) ? randomHex(bytes) : hex
}

export const newTrace = (): TraceContext =>
  Object.freeze({ traceId: randomHex(16), spanId: randomHex(8), isSampled: false })

/** A step within the same trace. */
export const childTrace = (parent: TraceContext): TraceContext =>
  Object.freeze({ traceId: parent.traceId, spanId: randomHex(8), isSampled: parent.isSampled })

/** The value of a `traceparent` header. */
export const formatTrace = (trace: TraceContext): string =>
  `00-${trace.traceId}-${trace.spanId}-${trace.isSampled ? '01' : '00'}`

// Version ff is forbidden; later versions may append fields, which an older reader ignores.
const traceparent = /^(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/

/** Reads a `traceparent` header; null when there is none or it is not well-formed (then a new trace begins). */
export function parseTrace(header: string | undefined): TraceContext | null {
  const match = header === undefined ? null : traceparent.exec(header)
  if (match === null || (match[1] === '00' && match[5] !== undefined)) return null
  const flags = Number.parseInt(match[4]!, 16)
  return Object.freeze({ traceId: match[2]!, spanId: match[3]!, isSampled: (flags & 1) === 1 })
}
