import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FileStore } from '@eip/file-store'
import { folderFileStore } from '@eip/file-store/folder'
import { s3FileStore } from '@eip/file-store/s3'
import { testBucket } from '@eip/file-store/testing'
import { temporaryDirectory, testEngines } from '@eip/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ArtifactStoreHarness, artifactStoreContract } from '../artifact-store.contract.ts'
import { s3ArtifactStore } from './s3.artifact-store.ts'

const { s3 } = testEngines
let root: ReturnType<typeof temporaryDirectory>
let caches = 0
beforeEach(() => {
  root = temporaryDirectory()
})
afterEach(() => root[Symbol.dispose]())

/** As another process would: with a cache of its own. */
const cacheOfItsOwn = () => join(root.path, `cache-${caches++}`)
const stored = async (files: FileStore, kind: string, name: string, file: string) => {
  const { id } = JSON.parse((await files.read(`artifacts/${kind}/${name}/_manifest.json`))!)
  return `artifacts/${kind}/${name}/${id}-${file}`
}

describe.skipIf(!s3)('s3 (needs TEST_S3_ENDPOINT)', () => {
  artifactStoreContract(async () => {
    const { options, set } = await testBucket(s3!)
    const files = await s3FileStore(options)
    const open = async (): Promise<ArtifactStoreHarness> => ({
      store: await s3ArtifactStore({ files, cache: cacheOfItsOwn() }),
      reopen: open,
      damage: async (kind, name, file, content) => set(await stored(files, kind, name, file), content),
    })
    return open()
  })
})

describe('a store of files', () => {
  const open = async (): Promise<ArtifactStoreHarness> => {
    const folder = join(root.path, 'store')
    const files = await folderFileStore({ folder })
    return {
      store: await s3ArtifactStore({ files, cache: cacheOfItsOwn() }),
      reopen: open,
      damage: async (kind, name, file, content) => {
        const path = join(folder, await stored(files, kind, name, file))
        if (content === null) rmSync(path)
        else writeFileSync(path, content)
      },
    }
  }
  artifactStoreContract(open)

  it('is asked for the files once, and again where the local copy is torn', async () => {
    const files = await folderFileStore({ folder: join(root.path, 'store') })
    const fetched: string[] = []
    const counting: FileStore = {
      ...files,
      fetch: (path, local) => {
        fetched.push(path)
        return files.fetch(path, local)
      },
    }
    const cache = cacheOfItsOwn()
    const store = await s3ArtifactStore({ files: counting, cache })
    const source = temporaryDirectory()
    writeFileSync(join(source.path, 'model.bin'), 'weights')
    await store.put('encoder', 'a', source.path)
    source[Symbol.dispose]()
    const local = await store.open('encoder', 'a')
    const again = await s3ArtifactStore({ files: counting, cache })
    expect(await again.open('encoder', 'a')).toBe(local)
    expect(fetched).toHaveLength(1)
    writeFileSync(join(local, 'model.bin'), 'weigh')
    expect(readFileSync(join(await again.open('encoder', 'a'), 'model.bin'), 'utf8')).toBe('weights')
    expect(fetched).toHaveLength(2)
    expect(readdirSync(join(cache, '.unfinished'))).toEqual([])
    await again.remove('encoder', 'a')
    expect(readdirSync(join(cache, 'encoder'))).toEqual([])
  })
})
