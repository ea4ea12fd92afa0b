import { decodeVector } from '@eip/engine-vector-index'
import { failures } from '@eip/kernel'
import type { VectorQuery } from './product-index.port.ts'
import type { VectorChange } from './product-index-writer.port.ts'

/** What is refused of vectors, of events and of queries. */
const failure = failures({
  'product-index.unknown-encoder': {
    kind: 'conflict',
    cure: 'Ask with the vector of an encoder that `statistics` lists.',
  },
  'product-index.bad-vector': { kind: 'invalid', cure: 'Send a vector of the length named, finite and not all zero.' },
})

/** Why a vector has no direction; null where it has one. */
function faultOf(vector: Float32Array): string | null {
  const broken = vector.findIndex((value) => !Number.isFinite(value))
  if (broken >= 0) return `component ${broken} is ${vector[broken]}`
  return vector.some((value) => value !== 0) ? null : 'all components are zero'
}

/** The vector of an event, as long as its encoder's are (undefined: none came yet); refused by naming product and encoder. */
export function readVector(
  { productId, encoder }: Omit<VectorChange, 'vector'>,
  text: string,
  dimensions: number | undefined,
): Float32Array {
  try {
    const vector = decodeVector(text, dimensions)
    const fault = faultOf(vector)
    if (fault !== null) throw new RangeError(fault)
    return vector
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    const message = `the vector of product "${productId}" by encoder "${encoder}" is refused: ${why}`
    throw failure('product-index.bad-vector', message, { productId, encoder }, cause)
  }
}

/** Refuses a query's vector that does not fit the vectors held, each encoder's with its length. */
export function checkQueryVector({ encoder, values }: VectorQuery, held: ReadonlyMap<string, number>): void {
  const dimensions = held.get(encoder)
  if (dimensions === undefined) {
    const names = [...held.keys()].map((name) => `"${name}"`).join(', ') || 'none'
    const message = `the view holds no vectors of encoder "${encoder}"; it holds those of: ${names}`
    throw failure('product-index.unknown-encoder', message, { encoder })
  }
  const fault = values.length === dimensions ? faultOf(values) : `it has ${values.length} dimensions, not ${dimensions}`
  if (fault === null) return
  const message = `the query's vector for encoder "${encoder}" is refused: ${fault}`
  throw failure('product-index.bad-vector', message, { encoder })
}
