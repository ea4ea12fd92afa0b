import { failures } from '@eip/kernel'

export const filesFailure = failures({
  'files.bad-path': {
    kind: 'invalid',
    cure: 'Use letters, digits, "=", dots, dashes and underscores, with "/" between folders.',
  },
  'files.unreachable': {
    kind: 'unavailable',
    cure: 'Check S3_ENDPOINT, and that the store answers there; without S3_ENDPOINT, Amazon is asked in S3_REGION.',
  },
  'files.no-bucket': { kind: 'not-found', cure: 'Make the bucket, or name another one in FILES_URL.' },
  'files.refused': {
    kind: 'forbidden',
    cure: 'Check S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY, and that this key may read, list and write the bucket.',
  },
  'files.failed': { kind: 'unavailable', cure: 'Read the reason; check FILES_URL and the S3_* keys.' },
  'files.bad-folder': {
    kind: 'unavailable',
    cure: 'Give in FILES_URL a folder that exists or can be made, and that this process may write.',
  },
  'files.damaged': { kind: 'unavailable', cure: 'Write the set of files again from its source, or remove it.' },
  'files.newer-format': { kind: 'conflict', cure: 'Start the newer program that wrote it.' },
})
