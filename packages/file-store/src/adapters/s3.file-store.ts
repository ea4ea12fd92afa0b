import { createReadStream, createWriteStream } from 'node:fs'
import { readFile, rename, rm, stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { newId } from '@eip/kernel'
import { checkedPath } from '../file-path.ts'
import { filesFailure } from '../file-store.failure.ts'
import type { FileStore, StoredFile } from '../file-store.port.ts'
import { md5Of } from '../local-file.ts'
import { isStatus, s3Failure } from './s3.failure.ts'

export type S3FileStoreOptions = Readonly<{
  /** `s3://BUCKET/PREFIX`, with or without the prefix. */
  url: string
  /** Of a store that is not Amazon's own. */
  endpoint?: string | undefined
  region: string
  /** Without both parts, what the machine's role grants. */
  accessKeyId?: string | undefined
  secretAccessKey?: string | undefined
  /** How long a connection may take to open, and how long it may be silent. */
  patienceMs?: number
}>

const heldInMemory = 32 * 2 ** 20

/**
 * Files as objects of a bucket. S3 shows an object whole or not at all, and refuses a second creation by `If-None-Match`; what is
 * sent carries its MD5, which the store checks. Opening asks the store once, so that what is wrong with it is said at the start.
 */
export async function s3FileStore(options: S3FileStoreOptions): Promise<FileStore & AsyncDisposable> {
  const { bucket, prefix } = placeOf(options.url)
  requireWholeKey(options)
  const client = clientOf(options)
  const place = { Bucket: bucket }
  const keyOf = (path: string) => `${prefix}${checkedPath(path)}`
  const failed = (cause: unknown) => s3Failure(cause, { bucket, endpoint: options.endpoint })

  async function store(path: string, localFile: string, condition: { IfNoneMatch?: '*' }) {
    const Key = keyOf(path)
    const ContentLength = (await stat(localFile)).size
    const ContentMD5 = await md5Of(localFile)
    // The client asks again by itself only for what it has in memory.
    const Body = ContentLength <= heldInMemory ? await readFile(localFile) : createReadStream(localFile)
    await client.send(new PutObjectCommand({ ...place, ...condition, Key, ContentLength, ContentMD5, Body }))
  }
  const found = (path: string) =>
    client.send(new GetObjectCommand({ ...place, Key: keyOf(path) })).catch((cause) => {
      // A missing bucket is a 404 too.
      if (isStatus(cause, 404) && cause.name !== 'NoSuchBucket') return null
      throw cause
    })
  const page = (Prefix: string, ContinuationToken?: string): Promise<ListObjectsV2CommandOutput> =>
    client.send(new ListObjectsV2Command({ ...place, Prefix, ...(ContinuationToken && { ContinuationToken }) }))

  const asked = <Arguments extends unknown[], Answer>(ask: (...args: Arguments) => Promise<Answer>) => {
    return async (...args: Arguments): Promise<Answer> => {
      try {
        return await ask(...args)
      } catch (cause) {
        throw failed(cause)
      }
    }
  }

  const files: FileStore & AsyncDisposable = Object.freeze({
    put: asked((path: string, localFile: string) => store(path, localFile, {})),
    create: asked(async (path: string, localFile: string) => {
      try {
        await store(path, localFile, { IfNoneMatch: '*' })
        return 'created' as const
      } catch (cause) {
        // 409: another one is being created this moment.
        if (isStatus(cause, 412) || isStatus(cause, 409)) return 'taken' as const
        throw cause
      }
    }),
    fetch: asked(async (path: string, localFile: string) => {
      const object = await found(path)
      if (object === null) return 'absent' as const
      const aside = `${localFile}.${newId()}`
      try {
        await pipeline(object.Body as Readable, createWriteStream(aside))
        const { size } = await stat(aside)
        if (size !== object.ContentLength)
          throw filesFailure('files.failed', `"${path}" broke off after ${size} of ${object.ContentLength} bytes`)
        await rename(aside, localFile)
        return 'fetched' as const
      } finally {
        await rm(aside, { force: true })
      }
    }),
    read: asked(async (path: string) => (await found(path))?.Body?.transformToString() ?? null),
    list: asked(async (folder: string) => {
      const start = `${keyOf(folder)}/`
      const files: StoredFile[] = []
      for (let next: string | undefined, isFirst = true; isFirst || next; isFirst = false) {
        const { Contents = [], NextContinuationToken } = await page(start, next)
        for (const { Key = '', Size = 0, ETag = '' } of Contents)
          files.push({ path: Key.slice(prefix.length), bytes: Size, version: ETag })
        next = NextContinuationToken
      }
      return files.sort((a, b) => (a.path < b.path ? -1 : 1))
    }),
    remove: asked(async (path: string) => {
      await client.send(new DeleteObjectCommand({ ...place, Key: keyOf(path) }))
    }),
    [Symbol.asyncDispose]: async () => client.destroy(),
  })
  try {
    await asked(page)(prefix)
  } catch (error) {
    client.destroy()
    throw error
  }
  return files
}

function placeOf(url: string): { bucket: string; prefix: string } {
  const { hostname, pathname } = new URL(url)
  const folder = pathname.replace(/^\/+|\/+$/g, '')
  return { bucket: hostname, prefix: folder === '' ? '' : `${checkedPath(folder)}/` }
}

/** One part alone would be ignored, and the machine's role asked instead. */
function requireWholeKey({ accessKeyId, secretAccessKey }: S3FileStoreOptions): void {
  if (Boolean(accessKeyId) === Boolean(secretAccessKey)) return
  const missing = accessKeyId ? 'S3_SECRET_ACCESS_KEY' : 'S3_ACCESS_KEY_ID'
  throw filesFailure('files.refused', `the key for the S3 store has two parts, and ${missing} is not given`)
}

function clientOf({ endpoint, region, accessKeyId, secretAccessKey, patienceMs = 5_000 }: S3FileStoreOptions) {
  return new S3Client({
    region,
    // Stores beside Amazon's rarely have a name per bucket, and not all know its newer checksums.
    ...(endpoint && { endpoint, forcePathStyle: true }),
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...(accessKeyId && secretAccessKey && { credentials: { accessKeyId, secretAccessKey } }),
    maxAttempts: 3,
    // What goes wrong is thrown; a line on the console beside it helps nobody.
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    requestHandler: { connectionTimeout: patienceMs, socketTimeout: patienceMs * 4 },
  })
}
