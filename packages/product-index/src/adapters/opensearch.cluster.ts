import { type Connection, failure } from './opensearch.connection.ts'

/** The first that has `combined_fields`. */
const oldest = Object.freeze([3, 2] as const)

export type Cluster = Readonly<{ hasNori: boolean; hasHybridQuery: boolean }>

/** Which OpenSearch answers. */
export async function clusterVersion(connection: Connection): Promise<string> {
  const { version } = await connection.call<{ version: { number: string } }>({ method: 'GET', path: '/' })
  return version.number
}

/** Refuses a cluster that the adapter cannot work with; tells what it can do besides. */
export async function checkCluster(connection: Connection): Promise<Cluster> {
  const { version } = await connection.call<{ version: { number: string; distribution?: string } }>({
    method: 'GET',
    path: '/',
  })
  if (version.distribution !== 'opensearch' || !isNewEnough(version.number))
    throw failure(
      'product-index.opensearch-unfit',
      `the cluster of OPENSEARCH_URL is ${version.distribution ?? 'not OpenSearch, but'} ${version.number}; words are scored by combined_fields, which OpenSearch has from ${oldest.join('.')} on`,
    )
  const listed = await connection.call<readonly Readonly<{ component: string }>[]>({
    method: 'GET',
    path: '/_cat/plugins',
    query: { format: 'json', h: 'component' },
  })
  const plugins = new Set(listed.map(({ component }) => component))
  if (!plugins.has('opensearch-knn'))
    throw failure('product-index.opensearch-unfit', 'the cluster of OPENSEARCH_URL lacks the plugin "opensearch-knn"')
  return { hasNori: plugins.has('analysis-nori'), hasHybridQuery: plugins.has('opensearch-neural-search') }
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1])
}
