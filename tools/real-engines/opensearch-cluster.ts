import { join } from 'node:path'

type Ports = Readonly<{ http: number; transport: number; seeds: readonly number[] }>
type Folders = Readonly<{ data: string; logs: string; snapshots: string }>

/** The first node alone founds the cluster, the others join it: so one node can become three later. */
export const nodeConfig = (number: number, { http, transport, seeds }: Ports, folders: Folders) => `cluster.name: eip
node.name: node-${number}
network.host: 127.0.0.1
http.port: ${http}
transport.port: ${transport}
discovery.seed_hosts: [${seeds.map((seed) => `"127.0.0.1:${seed}"`).join(', ')}]
${number === 1 ? 'cluster.initial_cluster_manager_nodes: [node-1]\n' : ''}discovery.initial_state_timeout: 0s
path.data: ${folders.data}
path.logs: ${folders.logs}
path.repo: ${folders.snapshots}
action.auto_create_index: false
cluster.routing.allocation.disk.threshold_enabled: false
`

export const loggingConfig = `status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d{ISO8601}][%-5p][%-25c{1.}] %m%n
rootLogger.level = info
rootLogger.appenderRef.console.ref = console
logger.grpc.name = org.opensearch.transport.grpc
logger.grpc.level = warn
`

type Home = Readonly<{ home: string; config: string; temporary: string; heap: string }>

export const nodeFlags = ({ home, config, temporary, heap }: Home): readonly string[] => [
  `-Xms${heap}`,
  `-Xmx${heap}`,
  '-XX:+UseG1GC',
  '--add-modules=jdk.incubator.vector', // Lucene's SIMD code
  '--enable-native-access=ALL-UNNAMED',
  `-Djava.io.tmpdir=${temporary}`,
  '-Dfile.encoding=UTF-8',
  '-Djava.awt.headless=true',
  '-Dio.netty.noUnsafe=true',
  '-Dio.netty.noKeySetOptimization=true',
  '-Dlog4j2.disable.jmx=true',
  '-Dlog4j.shutdownHookEnabled=false', // else the node's own clean stop fails
  `-Dopensearch.path.home=${home}`,
  `-Dopensearch.path.conf=${config}`,
  '-Dopensearch.distribution.type=tar',
  '-cp',
  join(home, 'lib/*'),
  'org.opensearch.bootstrap.OpenSearch',
]

/** True when all live nodes have found each other; when none is missing, all data must be there too.
 *  Half of a cluster or less cannot agree on anything: its nodes are ready as soon as they answer at all. */
export async function isClusterReady(port: number, size: number, live: number): Promise<boolean> {
  const hasQuorum = live * 2 > size
  const data = live === size ? '&wait_for_status=yellow' : ''
  const path = hasQuorum ? `/_cluster/health?wait_for_nodes=ge(${live})&timeout=3s${data}` : '/'
  try {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(5_000) })
    const { timed_out } = (await response.json()) as { timed_out?: boolean }
    return !hasQuorum || timed_out === false
  } catch {
    return false // it does not answer yet
  }
}
