import { execFile } from 'node:child_process'
import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { temporaryDirectory } from '@eip/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fileStoreContract } from '../file-store.contract.ts'
import { folderFileStore } from './folder.file-store.ts'

describe('folder', () => {
  let root: ReturnType<typeof temporaryDirectory>
  let folder: string
  beforeEach(() => {
    root = temporaryDirectory()
    folder = join(root.path, 'store')
  })
  afterEach(() => root[Symbol.dispose]())
  const again = () => folderFileStore({ folder })

  fileStoreContract(async () => ({ store: await again(), again }))

  it('leaves nothing beside the files themselves', async () => {
    const store = await again()
    const source = join(root.path, 'source')
    writeFileSync(source, 'x')
    await store.put('a/b', source)
    await store.create('a/b', source)
    await expect(store.put('a/c', join(root.path, 'nowhere'))).rejects.toThrow(/ENOENT/)
    expect(readdirSync(join(folder, '.unfinished'))).toEqual([])
    expect(readdirSync(folder).sort()).toEqual(['.unfinished', 'a'])
  })

  it('cleans what a crash left, not what another process is writing', async () => {
    await again()
    for (const name of ['left', 'being-written']) writeFileSync(join(folder, '.unfinished', name), 'half')
    utimesSync(join(folder, '.unfinished', 'left'), 0, 0)
    await again()
    expect(readdirSync(join(folder, '.unfinished'))).toEqual(['being-written'])
  })

  it('lets one of several processes create a path, also while others open it', async () => {
    const script = `const [entry, folder, source] = process.argv.slice(1)
      const { folderFileStore } = await import(entry)
      for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) {
        const store = await folderFileStore({ folder })
        await store.put('all/' + name, source)
        console.log(name, await store.create('first/' + name, source))
      }`
    const source = join(root.path, 'source')
    writeFileSync(source, 'x'.repeat(100_000))
    const entry = new URL('./folder.file-store.ts', import.meta.url).href
    const args = ['--input-type=module', '-e', script, entry, folder, source]
    const lines = await Promise.all(
      Array.from({ length: 3 }, async () =>
        (await promisify(execFile)(process.execPath, args)).stdout.trim().split('\n'),
      ),
    )
    const created = lines.flat().filter((line) => line.endsWith(' created'))
    expect(created.toSorted()).toEqual(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `${name} created`))
    const listed = await (await again()).list('all')
    expect(listed.map(({ bytes }) => bytes)).toEqual(Array(6).fill(100_000))
    expect(readdirSync(join(folder, '.unfinished'))).toEqual([])
  })

  it('says that a folder it cannot use is none', async () => {
    mkdirSync(folder)
    writeFileSync(join(folder, 'file'), '')
    await expect(folderFileStore({ folder: join(folder, 'file') })).rejects.toMatchObject({
      code: 'files.bad-folder',
      message: expect.stringContaining('FILES_URL'),
    })
  })
})
