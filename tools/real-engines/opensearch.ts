import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { accountNamed, ownedDirectory, ownedFile } from './account.ts'
import type { Command, Engine, EngineNode } from './engine.port.ts'
import { failure } from './failures.ts'
import { installJdk, jdkHome } from './java.ts'
import { installDistribution, installedVersion, opensearchDistribution } from './maven.ts'
import { livePid } from './node-process.ts'
import { isClusterReady, loggingConfig, nodeConfig, nodeFlags } from './opensearch-cluster.ts'
import { homeInputs, layOutHome } from './opensearch-home.ts'
import type { Settings } from './settings.ts'

const java = 21

const numberOfNode = (name: string): number => Number(/^node-(\d+)$/.exec(name)?.[1] ?? 0)

/** A cluster of one or more nodes. All nodes share one folder for snapshots; their data lies apart. */
export function opensearch(settings: Settings): Engine {
  const account = 'nobody'
  const directory = join(settings.directory, 'opensearch')
  const home = join(settings.libraries, 'opensearch')
  const nodeDirectory = (number: number) => join(directory, `node-${number}`)
  const transport = (number: number) => settings.port('ENGINES_OPENSEARCH_TRANSPORT_PORT', number - 1)

  function nodes(count?: number): readonly EngineNode[] {
    const known = existsSync(directory) ? Math.max(0, ...readdirSync(directory).map(numberOfNode)) : 0
    if (count !== undefined && count < known)
      throw failure('engines.cluster-smaller', `The cluster on disk has ${known} nodes; ${count} cannot agree for all.`)
    const size = count ?? Math.max(known, 1)
    return Array.from({ length: size }, (_, index) => node(index + 1, size))
  }

  function node(number: number, size: number): EngineNode {
    const http = settings.port('ENGINES_OPENSEARCH_PORT', number - 1)
    const own = nodeDirectory(number)

    async function prepare(): Promise<Command> {
      const ids = accountNamed(account)
      const config = ownedDirectory(ids, join(own, 'config'))
      const folders = {
        data: ownedDirectory(ids, join(own, 'data')),
        logs: ownedDirectory(ids, join(own, 'logs')),
        snapshots: ownedDirectory(ids, join(directory, 'snapshots')),
      }
      const seeds = Array.from({ length: size }, (_, index) => transport(index + 1).number)
      const ports = { http: http.number, transport: transport(number).number, seeds }
      ownedFile(ids, join(config, 'opensearch.yml'), nodeConfig(number, ports, folders))
      ownedFile(ids, join(config, 'log4j2.properties'), loggingConfig)
      const temporary = ownedDirectory(ids, join(own, 'tmp'))
      const flags = nodeFlags({ home, config, temporary, heap: settings.opensearchHeap })
      return { program: join(jdkHome(java, settings), 'bin/java'), arguments: flags }
    }

    return {
      name: size === 1 ? 'opensearch' : `opensearch node ${number}`,
      number,
      directory: own,
      account,
      ports: [http, transport(number)],
      stopSignal: 'SIGTERM',
      prepare,
      isReady: () => isClusterReady(http.number, size, liveNodes(size)),
    }
  }

  const liveNodes = (size: number) =>
    Array.from({ length: size }, (_, index) => livePid(nodeDirectory(index + 1))).filter((pid) => pid !== null).length

  return Object.freeze<Engine>({
    name: 'opensearch',
    async install() {
      const jdk = installJdk(java, settings)
      installDistribution(opensearchDistribution, settings.libraries, homeInputs(), (staging) =>
        layOutHome(staging, jdk),
      )
    },
    version: () => installedVersion(opensearchDistribution, settings.libraries),
    nodes,
  })
}
