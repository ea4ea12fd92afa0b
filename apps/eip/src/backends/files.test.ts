import { describe, expect, it } from 'vitest'
import { readEnvironment } from '../environment.ts'
import { sharedFilesAddress } from './files.ts'

const keys = { FILES_URL: 's3://shop/files', S3_ENDPOINT: 'http://127.0.0.1:9000', S3_ACCESS_KEY_ID: 'key' }
const servers = {
  ...{ BACKENDS: 'distributed', KAFKA_BROKERS: 'kafka:9092', DATABASE_URL: 'postgres://db/eip' },
  ...{ OPENSEARCH_URL: 'http://search:9200', SIGNING_KEY: 'a-key-of-thirty-two-characters-or-more' },
}

describe('the store of files that processes share', () => {
  it('is what the keys name where the platform stands on servers', () => {
    expect(sharedFilesAddress(readEnvironment({ ...servers, ...keys }))).toMatchObject({
      ...{ url: 's3://shop/files', endpoint: 'http://127.0.0.1:9000', region: 'us-east-1', accessKeyId: 'key' },
    })
  })

  it('is none on embedded backends, whatever the keys say', () => {
    expect(sharedFilesAddress(readEnvironment(keys))).toBeNull()
  })
})
