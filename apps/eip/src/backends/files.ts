import { fileURLToPath } from 'node:url'
import type { FileStore } from '@eip/file-store'
import { folderFileStore } from '@eip/file-store/folder'
import { s3FileStore } from '@eip/file-store/s3'
import type { Environment } from '../environment.ts'

/** Where the store of files lies that all processes share, and the key to it; plain values, which another process can be given. */
export type FilesAddress = Readonly<{
  url: string
  endpoint?: string | undefined
  region: string
  accessKeyId?: string | undefined
  secretAccessKey?: string | undefined
}>

export function filesAddress(environment: Environment): FilesAddress {
  const { FILES_URL: url = '', S3_ENDPOINT: endpoint, S3_REGION: region } = environment
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = environment
  return Object.freeze({ url, endpoint, region, accessKeyId, secretAccessKey })
}

/** null on embedded backends: their files lie in the data directory, for one process, whatever the keys of servers say. */
export const sharedFilesAddress = (environment: Environment): FilesAddress | null =>
  environment.BACKENDS === 'embedded' ? null : filesAddress(environment)

export type OpenFiles = Readonly<{ engine: 'folder' | 's3'; files: FileStore; close(): Promise<void> }>

/** Throws `files.bad-folder`, or what is wrong with the bucket. */
export async function openFiles(address: FilesAddress): Promise<OpenFiles> {
  if (address.url.startsWith('file:'))
    return {
      engine: 'folder',
      files: await folderFileStore({ folder: fileURLToPath(address.url) }),
      close: async () => {},
    }
  const bucket = await s3FileStore(address)
  return { engine: 's3', files: bucket, close: async () => bucket[Symbol.asyncDispose]() }
}
