import { describe, expect, it } from 'vitest'
import { exportedIn, localServers } from './local-servers.ts'

describe('servers on this machine', () => {
  it('are those of tools/engines, without the keys of its tests', () => {
    const text =
      'export KAFKA_BROKERS=127.0.0.1:1\nexport REDIS_URL=redis://127.0.0.1:2\nexport TEST_OPENSEARCH_URL=no\n'
    expect(exportedIn(text)).toEqual({ KAFKA_BROKERS: '127.0.0.1:1', REDIS_URL: 'redis://127.0.0.1:2' })
  })

  it('are asked of tools/engines where the environment names none', async () => {
    const { PATH, HOME } = process.env
    expect(Object.keys(await localServers({ PATH, HOME })).toSorted()).toEqual([
      ...['DATABASE_URL', 'KAFKA_BROKERS', 'OPENSEARCH_URL', 'REDIS_URL'],
    ])
  })

  it('are left alone where the environment names one', async () => {
    expect(await localServers({ OPENSEARCH_URL: 'http://search:9200' })).toEqual({})
  })
})
