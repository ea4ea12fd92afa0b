import { CreateBucketCommand, DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { newId } from '@eip/kernel'
import type { S3FileStoreOptions } from '../adapters/s3.file-store.ts'

/** A new bucket of a test, and a hand that reaches into it past the adapter. */
export type TestBucket = Readonly<{
  options: S3FileStoreOptions
  /** Writes an object under the prefix, or removes it (null). */
  set(path: string, content: string | null): Promise<void>
}>

/** `endpoint` may name the key: `http://KEY:SECRET@HOST:PORT`. */
export async function testBucket(endpoint: string): Promise<TestBucket> {
  const { origin, username, password } = new URL(endpoint)
  const accessKeyId = username || 'test'
  const secretAccessKey = password || 'test-secret'
  const region = 'us-east-1'
  const Bucket = `eip-test-${newId()}`
  const credentials = { accessKeyId, secretAccessKey }
  const client = new S3Client({ endpoint: origin, forcePathStyle: true, region, credentials })
  await client.send(new CreateBucketCommand({ Bucket }))
  const prefix = 'shop/files'
  return Object.freeze({
    options: { url: `s3://${Bucket}/${prefix}`, endpoint: origin, region, accessKeyId, secretAccessKey },
    async set(path: string, content: string | null) {
      const at = { Bucket, Key: `${prefix}/${path}` }
      await client.send(
        content === null ? new DeleteObjectCommand(at) : new PutObjectCommand({ ...at, Body: Buffer.from(content) }),
      )
    },
  })
}
