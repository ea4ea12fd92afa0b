import type { ServiceRecord } from '@eip/contracts'
import { declareMetrics, metricsRegistry, silentLogger } from '@eip/telemetry'
import { expect, it } from 'vitest'
import { createHost } from '../host.ts'
import { defineService, hosted } from '../service.ts'
import { platformMetrics, withReadiness } from './other-processes.ts'

const declarations = declareMetrics({
  rows: { kind: 'counter', name: 'eip_rows_total', help: 'Rows read.', labels: [] },
})

const service = (name: string, missing: string | null) =>
  hosted(
    defineService({
      ...{ name, contract: {}, calls: [], consumes: {}, publishes: [] },
      build: () => ({ handlers: {}, missing: () => missing }),
    }),
    {},
  )

async function openHost(services: ReturnType<typeof service>[]) {
  const metrics = metricsRegistry()
  const host = createHost({
    ...{ name: 'other', services, exposesRpc: false, logger: silentLogger, metrics },
    listen: { hostname: '127.0.0.1', port: 0 },
  })
  const address = (await host.start())!
  return { host, address, rows: metrics.bind(declarations).rows }
}

const record = (name: string, runs: string): ServiceRecord => ({
  ...{ name, runs, missing: 'unknown', operations: [], calls: [], consumes: {}, follows: [], publishes: [] },
})
/** Nobody listens at port 9 of this machine. */
const nobody = new URL('http://127.0.0.1:9')

it('reads the metrics of every process once, told apart, and leaves out one that does not answer', async () => {
  const own = metricsRegistry()
  own.bind(declarations).rows.add(1)
  const other = await openHost([service('a', null), service('b', null)])
  other.rows.add(5)
  const failed: unknown[] = []
  const addresses = { a: other.address, b: other.address, c: nobody }
  const metrics = platformMetrics(own, addresses, (error) => failed.push(error))
  const read = await metrics(['eip_rows_total'])
  expect(read.map(({ snapshot }) => snapshot.values('eip_rows_total')[0]?.value)).toEqual([1, 5])
  expect(new Set(read.map(({ process }) => process)).size).toBe(2)
  expect((await metrics(['eip_rows_total'])).map(({ process }) => process)).toEqual(read.map(({ process }) => process))
  expect(failed).toHaveLength(2)
  await other.host.stop()
})

it('asks the processes of services elsewhere what they lack', async () => {
  const other = await openHost([service('a', null), service('b', 'the view is behind')])
  const services = [record('here', 'here'), ...['a', 'b', 'c', 'd'].map((name) => record(name, 'elsewhere'))]
  const asked = await withReadiness(services, { a: other.address, b: other.address, c: nobody })
  expect(asked.map(({ missing }) => missing)).toEqual([
    ...['unknown', null, 'the view is behind'],
    expect.stringContaining(`it does not answer at ${nobody.origin}`),
    'unknown',
  ])
  await other.host.stop()
})
