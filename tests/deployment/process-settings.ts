import { expect } from 'vitest'
import { environmentKeys, readEnvironment } from '../../apps/eip/src/environment.ts'
import { definitions, serviceNames } from '../../apps/eip/src/services.ts'

/** The settings that a deployment gives to one process. */
export type ProcessSettings = Readonly<{ service: string; settings: Readonly<Record<string, string>> }>

/** A deployment with every service in a process of its own: what it sets exists and is accepted, and its peers are those it calls. */
export function expectWholePlatform(
  processes: readonly ProcessSettings[],
  addressOf: (service: string) => string,
): void {
  expect(processes.map(({ service }) => service).toSorted()).toEqual(serviceNames.toSorted())
  for (const { service, settings } of processes) {
    expect([service, Object.keys(settings).filter((key) => !environmentKeys.some((known) => known === key))]).toEqual([
      service,
      [],
    ])
    const { TARGET, BACKENDS, PEERS = {}, PORT, HOST } = readEnvironment(settings)
    expect({ TARGET, BACKENDS, PORT, HOST }).toEqual({
      TARGET: service,
      BACKENDS: 'distributed',
      PORT: 8080,
      HOST: '0.0.0.0',
    })
    const calls = definitions.find(({ name }) => name === service)?.calls ?? []
    expect(PEERS).toEqual(Object.fromEntries(calls.map((callee) => [callee, addressOf(callee)])))
  }
}
