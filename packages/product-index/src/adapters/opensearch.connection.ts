import { failures } from '@eip/kernel'
import { Client, errors } from '@opensearch-project/opensearch'
import type { Json } from './opensearch.names.ts'

export const failure = failures({
  'product-index.opensearch-unreachable': {
    kind: 'unavailable',
    cure: 'Start the cluster, or let OPENSEARCH_URL name where it is.',
  },
  'product-index.opensearch-credentials': {
    kind: 'unavailable',
    cure: 'Give OPENSEARCH_USERNAME and OPENSEARCH_PASSWORD of a user that may read and write the indexes of OPENSEARCH_INDEX_PREFIX.',
  },
  'product-index.opensearch-unfit': { kind: 'unavailable', cure: 'Use OpenSearch 3.2 or newer with the k-NN plugin.' },
  'product-index.opensearch-slow': {
    kind: 'deadline',
    cure: 'Look at the load of the cluster that OPENSEARCH_URL names.',
  },
  'product-index.opensearch-overloaded': {
    kind: 'overloaded',
    cure: 'Ask less at once, or give the cluster more nodes.',
  },
  'product-index.opensearch-unready': {
    kind: 'unavailable',
    cure: 'Wait until the cluster is green or yellow; if it stays so, look at its health and at the disks of its nodes.',
  },
  'product-index.opensearch-gone': {
    kind: 'unavailable',
    cure: 'Another process may have let go of this generation; if nobody did, restore the snapshot of all indexes of OPENSEARCH_INDEX_PREFIX.',
  },
  'product-index.opensearch-failed': { kind: 'internal', cure: 'See the log of the cluster; nothing was taken half.' },
})

export type ConnectionOptions = Readonly<{
  /** One address of a node, or several. */
  urls: readonly string[]
  credentials?: Readonly<{ username: string; password: string }>
  /** Of each request; 30 seconds unless given. */
  requestTimeoutMs?: number
  /** Connections that are kept to a node; 32 unless given. */
  sockets?: number
}>

export type Call = Readonly<{
  method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD'
  path: string
  query?: Readonly<Record<string, string | number | boolean>>
  body?: Json
  /** Lines of JSON instead of one document. */
  lines?: readonly string[]
  /** Answers with null where the cluster says that there is no such thing. */
  mayBeMissing?: boolean
}>

/** The cluster as this adapter sees it: one call, mapped failures, time-outs on everything. */
export interface Connection {
  call<Answer>(call: Call): Promise<Answer>
  close(): Promise<void>
}

export function connect({ urls, credentials, requestTimeoutMs = 30_000, sockets = 32 }: ConnectionOptions): Connection {
  const client = new Client({
    nodes: [...urls],
    ...(credentials !== undefined && { auth: { ...credentials } }),
    requestTimeout: requestTimeoutMs,
    // A node that does not answer is tried again by another one; everything that we write may come twice. The client may
    // choose the same node again: every other one gets its turn all the same.
    maxRetries: urls.length + 1,
    agent: { keepAlive: true, maxSockets: sockets, maxFreeSockets: sockets },
  })
  let closing: Promise<void> | null = null
  return Object.freeze({
    async call<Answer>({ method, path, query, body, lines, mayBeMissing }: Call): Promise<Answer> {
      try {
        const { body: answer } = await client.transport.request({
          method,
          path,
          ...(query !== undefined && { querystring: { ...query } }),
          ...(body !== undefined && { body }),
          ...(lines !== undefined && { bulkBody: [...lines] }),
        })
        return answer as Answer
      } catch (error) {
        if (mayBeMissing === true && error instanceof errors.ResponseError && error.statusCode === 404)
          return null as Answer
        throw failed(error, `${method} ${path.split('?')[0]}`, urls)
      }
    },
    close() {
      // Closed a second time, the client would never answer.
      closing ??= client.close()
      return closing
    },
  })
}

function failed(error: unknown, what: string, urls: readonly string[]): unknown {
  const where = urls.map((url) => new URL(url).host).join(', ')
  if (error instanceof errors.TimeoutError)
    return failure(
      'product-index.opensearch-slow',
      `OpenSearch at ${where} did not answer "${what}" in time`,
      {},
      error,
    )
  if (error instanceof errors.ConnectionError || error instanceof errors.NoLivingConnectionsError)
    return failure(
      'product-index.opensearch-unreachable',
      `OpenSearch does not answer at ${where} (OPENSEARCH_URL): ${error.message}`,
      {},
      error,
    )
  if (error instanceof errors.ResponseError) return refused(error, what, where)
  return error
}

function refused(error: errors.ResponseError, what: string, where: string): unknown {
  const status = error.statusCode ?? 0
  const answer = error.body as
    | { error?: { type?: string; reason?: string; root_cause?: readonly { type?: string }[] } }
    | undefined
  const { type = 'unknown', reason = error.message } = answer?.error ?? {}
  const about = `"${what}" (${status}, ${type}): ${reason}`
  const details = { status, type, causes: answer?.error?.root_cause?.map((cause) => cause.type) ?? [] }
  if (isUnready(status, type) || hasLostShards(status, type, details.causes))
    return failure('product-index.opensearch-unready', `OpenSearch at ${where} cannot do ${about}`, details, error)
  if (status === 401 || status === 403)
    return failure(
      'product-index.opensearch-credentials',
      `OpenSearch at ${where} refuses the credentials of OPENSEARCH_USERNAME and OPENSEARCH_PASSWORD (${status})`,
      details,
      error,
    )
  if (status === 429)
    return failure(
      'product-index.opensearch-overloaded',
      `OpenSearch at ${where} has too much to do for "${what}"`,
      details,
      error,
    )
  return failure('product-index.opensearch-failed', `OpenSearch refused ${about}`, details, error)
}

/**
 * A search of which some node did not answer: it went while it was asked, or came back and knows nothing of the point in
 * time (404). What a script does wrong is another matter.
 */
const hasLostShards = (status: number, type: string, causes: readonly (string | undefined)[]): boolean =>
  (status === 500 || status === 404) &&
  type === 'search_phase_execution_exception' &&
  !causes.includes('script_exception')

/** Shards or their cluster manager are away, or nothing may be written: disks are full. */
export const isUnready = (status: number, type: string): boolean =>
  status === 502 || status === 503 || status === 504 || type === 'cluster_block_exception'
