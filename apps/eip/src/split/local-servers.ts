import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** Where servers are; given one, all are taken as given. */
const serverKeys = ['KAFKA_BROKERS', 'DATABASE_URL', 'OPENSEARCH_URL', 'REDIS_URL'] as const

const engines = join(import.meta.dirname, '../../../../tools/engines')

/** The servers that `tools/engines` runs on this machine, for an environment that names none. */
export async function localServers(variables: NodeJS.ProcessEnv): Promise<Readonly<Record<string, string>>> {
  if (serverKeys.some((key) => (variables[key] ?? '') !== '') || !existsSync(engines)) return {}
  const { stdout } = await promisify(execFile)(engines, ['env'], { env: variables })
  return exportedIn(stdout)
}

/** The keys of servers in lines such as `export KAFKA_BROKERS=127.0.0.1:19092`. */
export function exportedIn(text: string): Readonly<Record<string, string>> {
  const values = text.split('\n').flatMap((line) => {
    const [, key = '', value = ''] = /^export (\w+)=(.*)$/.exec(line) ?? []
    return serverKeys.some((each) => each === key) ? [[key, value] as const] : []
  })
  return Object.fromEntries(values)
}
