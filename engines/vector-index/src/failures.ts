import { failures } from '@eip/kernel'

/** Everything that the vector index refuses, with its cure. */
export const failure = failures({
  'vector-index.bad-options': { kind: 'invalid', cure: 'Correct the named option of the vector index.' },
  'vector-index.bad-vector': {
    kind: 'invalid',
    cure: 'Send a vector of the named length whose numbers are finite and not all zero.',
  },
  'vector-index.bad-request': { kind: 'invalid', cure: 'Correct the named part of the search request.' },
  'vector-index.unknown-slot': { kind: 'invalid', cure: 'Use slots of the publication that the reader has applied.' },
  'vector-index.full': { kind: 'too-large', cure: 'Remove vectors, or split them over several indexes.' },
  'vector-index.publication-mismatch': {
    kind: 'conflict',
    cure: 'Give the reader the dimensions and the precision that its writer has.',
  },
  'vector-index.snapshot-newer': {
    kind: 'conflict',
    cure: 'Open the snapshot with the version that wrote it, or newer.',
  },
  'vector-index.snapshot-damaged': {
    kind: 'internal',
    cure: 'Restore the named file from a backup, or build the index anew.',
  },
})
