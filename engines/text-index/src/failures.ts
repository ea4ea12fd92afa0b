import { failures } from '@eip/kernel'

/** Everything that the text index refuses, with its cure. */
export const failure = failures({
  'text-index.bad-schema': { kind: 'invalid', cure: 'Correct the named part of the index schema.' },
  'text-index.bad-document': { kind: 'invalid', cure: 'Correct the named part of the document and add it again.' },
  'text-index.unknown-column': { kind: 'invalid', cure: 'Use one of the columns that the schema declares.' },
  'text-index.bad-request': { kind: 'invalid', cure: 'Correct the named part of the search request.' },
  'text-index.deadline': { kind: 'deadline', cure: 'Give the search more time, or ask for less of it.' },
  'text-index.unknown-reference': { kind: 'invalid', cure: 'Use references of the view that made them (result.view).' },
  'text-index.publication-mismatch': { kind: 'conflict', cure: 'Give the reader the schema that its writer has.' },
  'text-index.uncommitted': { kind: 'conflict', cure: 'Call commit() before writing a snapshot.' },
  'text-index.schema-mismatch': {
    kind: 'conflict',
    cure: 'Build the index anew with this schema, or open with the old.',
  },
  'text-index.snapshot-newer': {
    kind: 'conflict',
    cure: 'Open the snapshot with the version that wrote it, or newer.',
  },
  'text-index.snapshot-corrupt': {
    kind: 'internal',
    cure: 'Restore the named file from a backup, or rebuild the index.',
  },
})
