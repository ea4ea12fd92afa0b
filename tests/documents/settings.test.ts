import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { searchContract } from '@eip/contracts'
import { silentLogger } from '@eip/telemetry'
import { repositoryRoot, temporaryDirectory } from '@eip/testkit'
import { describe, expect, it } from 'vitest'
import { openDataDirectory } from '../../apps/eip/src/data-directory.ts'
import {
  describeEnvironment,
  environmentKeys,
  platformEnvironmentKeys,
  readEnvironment,
} from '../../apps/eip/src/environment.ts'
import { openPlatform } from '../../apps/eip/src/platform.ts'

function settingsIn(name: string) {
  const text = readFileSync(join(repositoryRoot, 'config', name), 'utf8')
  const entries = [...text.matchAll(/^(#?)([A-Z0-9_]+)=(.*)$/gm)].map(([, mark, key = '', value = '']) => ({
    key,
    value,
    isSet: mark === '',
  }))
  const settings = Object.fromEntries(entries.filter(({ isSet }) => isSet).map(({ key, value }) => [key, value]))
  return { text, entries, settings }
}

const embedded = settingsIn('embedded.env')
const distributed = settingsIn('distributed.env')

describe.each([
  { name: 'embedded.env', ...embedded, keys: platformEnvironmentKeys },
  { name: 'distributed.env', ...distributed, keys: environmentKeys },
])('config/$name', ({ text, entries, settings, keys }) => {
  it('names every key once', () => {
    expect(entries.map(({ key }) => key).toSorted()).toEqual(keys.toSorted())
  })

  it('is good', () => {
    expect(() => readEnvironment(settings)).not.toThrow()
  })

  it('explains every key', () => {
    for (const { key } of entries) expect(text).toMatch(new RegExp(`# .+\\n(#?[A-Z0-9_]+=.*\\n)*#?${key}=`))
  })
})

describe('config/distributed.env', () => {
  it('gives every key its default that has one, but those that say which servers', () => {
    const defaults = readEnvironment({})
    const given = readEnvironment(distributed.settings)
    const own = ['BACKENDS', 'SIGNING_KEY', 'KAFKA_BROKERS', 'DATABASE_URL', 'OPENSEARCH_URL', 'REDIS_URL', 'FILES_URL']
    for (const key of environmentKeys) if (!own.includes(key)) expect([key, given[key]]).toEqual([key, defaults[key]])
  })
})

describe('config/embedded.env', () => {
  it('gives every key its default, and comments out those that have none', () => {
    expect(readEnvironment(embedded.settings)).toEqual(readEnvironment({}))
    const defaults = readEnvironment({})
    for (const { key, isSet } of embedded.entries)
      expect([key, defaults[key as keyof typeof defaults] !== undefined]).toEqual([key, isSet])
  })

  it('boots', async () => {
    using at = temporaryDirectory()
    const environment = readEnvironment({ ...embedded.settings, EIP_DATA_DIR: at.path, PORT: '0' })
    const directory = openDataDirectory(at.path, 'none')
    const platform = await openPlatform({ environment, directory, listens: true, logger: silentLogger })
    expect((await platform.client(searchContract).search({}, { deadlineMs: 60_000 })).total).toBe(0)
    expect((await fetch(`${platform.url}/live`)).status).toBe(200)
    expect(platform.demoAccounts.map(({ role }) => role)).toContain('operator')
    await platform.close()
    directory.close()
  })
})

describe('the environment', () => {
  it('reports all faults at once, without the secrets', () => {
    const read = () => readEnvironment({ PORT: 'http', HOST: '', DEMO: 'maybe', SIGNING_KEY: 'short-secret' })
    expect(read).toThrow(/PORT .*; DEMO .*; SIGNING_KEY/)
    expect(read).not.toThrow(/short-secret/)
  })

  it('asks for the servers where the backends are distributed', () => {
    expect(() => readEnvironment({ BACKENDS: 'distributed' })).toThrow(/KAFKA_BROKERS must be given.*SIGNING_KEY must/)
  })

  it('reads the addresses of services elsewhere', () => {
    const { PEERS } = readEnvironment({ PEERS: 'search=http://search:8080,catalog=https://catalog:8443/?a=b' })
    expect(PEERS).toEqual({ search: 'http://search:8080', catalog: 'https://catalog:8443/?a=b' })
    expect(() => readEnvironment({ PEERS: 'search:8080' })).toThrow(/PEERS must be SERVICE=ADDRESS/)
  })

  it('masks secrets when it is printed', () => {
    const text = describeEnvironment(readEnvironment({ OPERATOR_PASSWORD: 'correct horse battery' }))
    expect(text).toContain('OPERATOR_PASSWORD=********')
    expect(text).not.toContain('horse')
    expect(text.trim().split('\n')).toHaveLength(environmentKeys.length)
  })
})
