import { failures } from '@eip/kernel'

/** What is refused of vectors, of events and of queries. */
export const vectorFailure = failures({
  'product-index.unknown-encoder': {
    kind: 'conflict',
    cure: 'Ask with the vector of an encoder that `statistics` lists.',
  },
  'product-index.bad-vector': { kind: 'invalid', cure: 'Send a vector of the length named, finite and not all zero.' },
})

/** Why a vector has no direction; null where it has one. */
export function faultOf(vector: Float32Array): string | null {
  const broken = vector.findIndex((value) => !Number.isFinite(value))
  if (broken >= 0) return `component ${broken} is ${vector[broken]}`
  return vector.some((value) => value !== 0) ? null : 'all components are zero'
}
