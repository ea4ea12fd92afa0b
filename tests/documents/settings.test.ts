import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { searchContract } from '@eip/contracts'
import { silentLogger } from '@eip/telemetry'
import { repositoryRoot, temporaryDirectory } from '@eip/testkit'
import { describe, expect, it } from 'vitest'
import { openDataDirectory } from '../../apps/eip/src/data-directory.ts'
import { describeEnvironment, environmentKeys, readEnvironment } from '../../apps/eip/src/environment.ts'
import { openPlatform } from '../../apps/eip/src/platform.ts'

const file = readFileSync(join(repositoryRoot, 'config/embedded.env'), 'utf8')
const entries = [...file.matchAll(/^(#?)([A-Z_]+)=(.*)$/gm)].map(([, mark, key = '', value = '']) => ({
  key,
  value,
  isSet: mark === '',
}))
const settings = Object.fromEntries(entries.filter(({ isSet }) => isSet).map(({ key, value }) => [key, value]))

describe('config/embedded.env', () => {
  it('names every key once', () => {
    expect(entries.map(({ key }) => key).toSorted()).toEqual(environmentKeys.toSorted())
  })

  it('gives every key its default, and comments out those that have none', () => {
    expect(readEnvironment(settings)).toEqual(readEnvironment({}))
    const defaults = readEnvironment({})
    for (const { key, isSet } of entries)
      expect([key, defaults[key as keyof typeof defaults] !== undefined]).toEqual([key, isSet])
  })

  it('explains every key', () => {
    for (const { key } of entries) expect(file).toMatch(new RegExp(`# .+\\n(#?[A-Z_]+=.*\\n)*#?${key}=`))
  })

  it('boots', async () => {
    using at = temporaryDirectory()
    const environment = readEnvironment({ ...settings, EIP_DATA_DIR: at.path, PORT: '0' })
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

  it('masks secrets when it is printed', () => {
    const text = describeEnvironment(readEnvironment({ OPERATOR_PASSWORD: 'correct horse battery' }))
    expect(text).toContain('OPERATOR_PASSWORD=********')
    expect(text).not.toContain('horse')
    expect(text.trim().split('\n')).toHaveLength(environmentKeys.length)
  })
})
