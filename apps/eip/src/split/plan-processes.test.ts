import { expect, it } from 'vitest'
import { readEnvironment } from '../environment.ts'
import { peersOf, serviceNames } from '../services.ts'
import { planProcesses } from './plan-processes.ts'

const servers = {
  BACKENDS: 'distributed',
  KAFKA_BROKERS: 'localhost:9092',
  DATABASE_URL: 'postgres://localhost/eip',
  OPENSEARCH_URL: 'http://localhost:9200',
  FILES_URL: 'file:///tmp/files',
  SIGNING_KEY: 'x'.repeat(32),
}
const plan = planProcesses({ HOST: '0.0.0.0', PORT: 8080, directory: '/data' })

it('runs every service once, at a port and in a directory of its own', () => {
  expect(plan.map(({ service }) => service)).toEqual(serviceNames)
  expect(new Set(plan.map(({ url }) => url)).size).toBe(plan.length)
  expect(new Set(plan.map(({ environment }) => environment.EIP_DATA_DIR)).size).toBe(plan.length)
})

it('lets only the gateway be reached from other machines', () => {
  for (const { service, environment } of plan)
    expect([service, environment.HOST]).toEqual([service, service === 'gateway' ? '0.0.0.0' : '127.0.0.1'])
})

it('gives each process settings with which it starts, and the gateway the addresses of all others', () => {
  for (const { environment } of plan)
    expect(() => peersOf(readEnvironment({ ...servers, ...environment }))).not.toThrow()
  const gateway = plan.find(({ service }) => service === 'gateway')!
  const others = plan.filter((each) => each !== gateway)
  expect(readEnvironment({ ...servers, ...gateway.environment }).PEERS).toEqual(
    Object.fromEntries(others.map(({ service, url }) => [service, url])),
  )
})
