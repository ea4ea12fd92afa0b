import { type Failure, isFailure } from '@eip/kernel'
import { filesFailure } from '../file-store.failure.ts'

type Place = Readonly<{ bucket: string; endpoint: string | undefined }>

/** Whether a store answered with this HTTP status. */
export const isStatus = (cause: unknown, status: number): cause is Error =>
  cause instanceof Error &&
  (cause as Error & { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode === status

/** What the client of the store throws, as what has to be mended. */
export function s3Failure(cause: unknown, { bucket, endpoint }: Place): Failure {
  if (isFailure(cause)) return cause
  const store = endpoint ? `the store at ${endpoint} (S3_ENDPOINT)` : 'the S3 store'
  const { name, message } = cause instanceof Error ? cause : { name: '', message: String(cause) }
  const details = { bucket, endpoint, reason: name }
  if (name === 'NoSuchBucket')
    return filesFailure('files.no-bucket', `${store} has no bucket "${bucket}" (FILES_URL)`, details, cause)
  if (isStatus(cause, 403) || isStatus(cause, 401) || name === 'CredentialsProviderError')
    return filesFailure(
      'files.refused',
      `${store} refuses this key for the bucket "${bucket}": ${message}`,
      details,
      cause,
    )
  // Whoever answered has a status; a local file that cannot be read has a path.
  const isAnswered = cause instanceof Error && '$metadata' in cause && '$response' in cause
  const isLocal = cause instanceof Error && 'path' in cause
  if (!isAnswered && !isLocal)
    return filesFailure('files.unreachable', `${store} does not answer: ${message || name}`, details, cause)
  return filesFailure('files.failed', `${store} failed for the bucket "${bucket}": ${message || name}`, details, cause)
}
