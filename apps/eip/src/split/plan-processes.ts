import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Environment } from '../environment.ts'
import { definitions, type ServiceName, serviceNames } from '../services.ts'

/** One service in a process of its own, or all in one. */
export type PlannedProcess = Readonly<{
  service: ServiceName | 'all'
  url: string
  environment: Readonly<Record<string, string>>
}>

type Where = Pick<Environment, 'HOST' | 'PORT'> & Readonly<{ directory: string }>

/**
 * A process for each service, callees first: the gateway at HOST and PORT, the others at the ports behind it, for this machine
 * alone. Each knows where those answer that it calls, and the gateway, whose operators see all, where everybody does.
 */
export function planProcesses({ HOST, PORT, directory }: Where): readonly PlannedProcess[] {
  const inner = serviceNames.filter((name) => name !== 'gateway')
  const portOf = (name: ServiceName) => (name === 'gateway' ? PORT : PORT + 1 + inner.indexOf(name))
  const urlOf = (name: ServiceName) => `http://127.0.0.1:${portOf(name)}`
  const peersOf = (name: ServiceName) =>
    serviceNames.filter(
      (other) =>
        other !== name &&
        (name === 'gateway' || definitions.find((each) => each.name === name)?.calls.includes(other) === true),
    )
  return serviceNames.map((service) => ({
    service,
    url: urlOf(service),
    environment: {
      TARGET: service,
      HOST: service === 'gateway' ? HOST : '127.0.0.1',
      PORT: String(portOf(service)),
      PEERS: peersOf(service)
        .map((other) => `${other}=${urlOf(other)}`)
        .join(','),
      EIP_DATA_DIR: join(directory, service),
    },
  }))
}

/** Where the processes of one machine share their files, unless the configuration says where. */
export const sharedFiles = (directory: string): string => pathToFileURL(join(directory, 'files')).href
