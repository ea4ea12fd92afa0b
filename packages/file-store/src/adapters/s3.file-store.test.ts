import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { temporaryDirectory, testEngines } from '@eip/testkit'
import { afterEach, describe, expect, it } from 'vitest'
import { fileStoreContract } from '../file-store.contract.ts'
import { testBucket } from '../testing/s3-bucket.ts'
import { type S3FileStoreOptions, s3FileStore } from './s3.file-store.ts'

const { s3 } = testEngines

describe.skipIf(!s3)('s3 (needs TEST_S3_ENDPOINT)', () => {
  fileStoreContract(async () => {
    const { options } = await testBucket(s3!)
    const again = () => s3FileStore(options)
    return { store: await again(), again }
  })

  it('names a bucket that is not there, and where it is named', async () => {
    const { options } = await testBucket(s3!)
    await expect(s3FileStore({ ...options, url: 's3://nowhere-at-all/files' })).rejects.toMatchObject({
      code: 'files.no-bucket',
      message: expect.stringMatching(/"nowhere-at-all" \(FILES_URL\)/),
    })
  })

  it('keeps two prefixes of a bucket apart', async () => {
    const { options, set } = await testBucket(s3!)
    await set('a', 'mine')
    const other = await s3FileStore({ ...options, url: options.url.replace('/files', '/other') })
    expect(await other.read('a')).toBeNull()
    expect(await (await s3FileStore(options)).read('a')).toBe('mine')
  })
})

describe('a store that cannot be used', () => {
  const closers: (() => void)[] = []
  afterEach(() => {
    for (const close of closers.splice(0)) close()
  })
  const base: S3FileStoreOptions = {
    ...{ url: 's3://shop/files', region: 'us-east-1', accessKeyId: 'key', secretAccessKey: 'secret-part' },
    patienceMs: 50,
  }
  async function answering(answer: RequestListener): Promise<string> {
    const server = createServer(answer).listen(0, '127.0.0.1')
    await once(server, 'listening')
    closers.push(() => {
      server.closeAllConnections()
      server.close()
    })
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }
  const refusing = (status: number, code: string) => () =>
    answering((_, response) => {
      response.writeHead(status, { 'content-type': 'application/xml' })
      response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>because of ${code}</Message></Error>`)
    })

  it.each([
    { why: 'nobody listens', at: async () => 'http://127.0.0.1:1', code: 'files.unreachable', key: 'S3_ENDPOINT' },
    { why: 'it is silent', at: () => answering(() => {}), code: 'files.unreachable', key: 'S3_ENDPOINT' },
    {
      why: 'the key is unknown',
      at: refusing(403, 'InvalidAccessKeyId'),
      code: 'files.refused',
      key: 'S3_ACCESS_KEY_ID',
    },
    {
      why: 'the secret is wrong',
      at: refusing(403, 'SignatureDoesNotMatch'),
      code: 'files.refused',
      key: 'S3_SECRET_ACCESS_KEY',
    },
    { why: 'the bucket is missing', at: refusing(404, 'NoSuchBucket'), code: 'files.no-bucket', key: 'FILES_URL' },
    {
      why: 'the region is another',
      at: refusing(400, 'AuthorizationHeaderMalformed'),
      code: 'files.failed',
      key: 'S3_',
    },
  ])('says at the start that $why, and what to mend', async ({ at, code, key }) => {
    const failure = await s3FileStore({ ...base, endpoint: await at() }).catch((error) => error)
    expect(failure).toMatchObject({ code })
    expect(failure.cure).toContain(key)
    expect(failure.message).not.toContain('\n')
    expect(JSON.stringify(failure.details)).not.toContain('secret-part')
  })

  it.each(['accessKeyId', 'secretAccessKey'] as const)('refuses a key without its %s', async (part) => {
    const failure = await s3FileStore({ ...base, [part]: undefined }).catch((error) => error)
    expect(failure).toMatchObject({ code: 'files.refused', message: expect.stringMatching(/S3_\w+ is not given/) })
  })

  it.each([
    { how: 'breaks off', breaks: true },
    { how: 'falls silent', breaks: false },
  ])('leaves no local file where it $how in the middle of one', async ({ breaks }) => {
    using folder = temporaryDirectory()
    const endpoint = await answering((request, response) => {
      if (request.url?.includes('list-type')) return void response.end('<ListBucketResult></ListBucketResult>')
      response.writeHead(200, { 'content-length': '1000' })
      response.write('half', () => breaks && response.destroy())
    })
    const store = await s3FileStore({ ...base, endpoint })
    await expect(store.fetch('a', join(folder.path, 'a'))).rejects.toMatchObject({ code: 'files.unreachable' })
    expect(readdirSync(folder.path)).toEqual([])
  })
})
