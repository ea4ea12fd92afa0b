import { describe, expect, it } from 'vitest'
import { exportsOf } from './addresses.ts'
import { readSettings } from './settings.ts'

describe('the settings', () => {
  it('put libraries below the folder of data unless told otherwise', () => {
    expect(readSettings({ ENGINES_DIR: '/srv/a' }).libraries).toBe('/srv/a/lib')
    expect(readSettings({ ENGINES_DIR: '/srv/a', ENGINES_LIB_DIR: '/srv/b' }).libraries).toBe('/srv/b')
  })

  it('take an empty variable as not given', () => {
    expect(readSettings({ ENGINES_KAFKA_HEAP: '' }).kafkaHeap).toBe('512m')
  })

  it.each([
    [{ ENGINES_REDIS_PORT: 'x' }, 'ENGINES_REDIS_PORT must be a port (it is "x").'],
    [{ ENGINES_REDIS_PORT: '70000' }, 'ENGINES_REDIS_PORT must be from 1 to 65535 (it is "70000").'],
    [{ ENGINES_KAFKA_HEAP: 'much' }, 'ENGINES_KAFKA_HEAP must be a size such as 512m or 1g (it is "much").'],
    [{ ENGINES_WAIT_SECONDS: '-1' }, 'ENGINES_WAIT_SECONDS must be seconds (it is "-1").'],
  ])('refuse %o', (source, message) => {
    expect(() => readSettings(source)).toThrow(expect.objectContaining({ code: 'engines.bad-setting', message }))
  })
})

describe('the addresses', () => {
  it('are exports for the platform and for tests, with databases that tests may empty', () => {
    const settings = readSettings({ ENGINES_KAFKA_PORT: '4001', ENGINES_POSTGRES_PORT: '4002' })
    expect(exportsOf(settings).split('\n')).toEqual([
      'export KAFKA_BROKERS=127.0.0.1:4001',
      'export OPENSEARCH_URL=http://127.0.0.1:19200',
      'export REDIS_URL=redis://127.0.0.1:16379/0',
      'export DATABASE_URL=postgres://postgres@127.0.0.1:4002/eip',
      'export TEST_KAFKA_BROKERS=127.0.0.1:4001',
      'export TEST_OPENSEARCH_URL=http://127.0.0.1:19200',
      'export TEST_REDIS_URL=redis://127.0.0.1:16379/1',
      'export TEST_POSTGRES_URL=postgres://postgres@127.0.0.1:4002/eip_test',
    ])
  })
})
