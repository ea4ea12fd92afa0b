import { failures } from '@eip/kernel'

/** What only the training of an encoder refuses; the rest is in the engine's own list. */
export const catalogueFailure = failures({
  'text-encoder.bad-dimensions': {
    kind: 'invalid',
    cure: 'Give a whole number of dimensions within the limits, or none.',
  },
})
