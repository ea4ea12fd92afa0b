import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { newId } from '@eip/kernel'
import { temporaryDirectory } from '@eip/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { folderFileStore } from './adapters/folder.file-store.ts'
import { type FileStore, fetchFileSet, listFileSets, readFileSet, removeFileSet, writeFileSet } from './index.ts'

describe('a set of files', () => {
  let root: ReturnType<typeof temporaryDirectory>
  let store: FileStore
  let made = 0
  beforeEach(async () => {
    root = temporaryDirectory()
    store = await folderFileStore({ folder: join(root.path, 'store') })
  })
  afterEach(() => root[Symbol.dispose]())

  const sourceOf = (files: Record<string, string>) => {
    const directory = join(root.path, `source-${made++}`, 'files')
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(directory, path)), { recursive: true })
      writeFileSync(join(directory, path), content)
    }
    return directory
  }
  const fetched = async (set: string) => {
    const folder = join(root.path, `fetched-${made++}`)
    await fetchFileSet(store, set, (await readFileSet(store, set))!, folder)
    return Object.fromEntries(
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name), 'utf8')]),
    )
  }

  it('is replaced as a whole, and nothing of the old one stays', async () => {
    await writeFileSet(store, 'a/b', sourceOf({ '.o ne=가': '1', 'in/.two': '2' }), 'replacing')
    expect(await fetched('a/b')).toEqual({ '.o ne=가': '1', '.two': '2' })
    await writeFileSet(store, 'a/b', sourceOf({ three: '3' }), 'replacing')
    expect(await fetched('a/b')).toEqual({ three: '3' })
    expect(await store.list('a/b')).toHaveLength(2)
  })

  it('is read as it was before, until the last file of a new writing is there', async () => {
    await writeFileSet(store, 'a', sourceOf({ one: '1' }), 'replacing')
    const breaking: FileStore = {
      ...store,
      put: async (path, file) => (path.endsWith('two') ? Promise.reject(new Error('cut off')) : store.put(path, file)),
    }
    await expect(writeFileSet(breaking, 'a', sourceOf({ one: 'new', two: 'new' }), 'replacing')).rejects.toThrow(
      'cut off',
    )
    expect(await fetched('a')).toEqual({ one: '1' })
  })

  it('lists what stands, and removes all of it', async () => {
    for (const set of ['a/c', 'a/b/d']) await writeFileSet(store, set, sourceOf({ one: '1' }), 'as-first')
    expect((await listFileSets(store, 'a')).map(({ set }) => set)).toEqual(['b/d', 'c'])
    await removeFileSet(store, 'a/c')
    expect((await store.list('a')).filter(({ path }) => path.startsWith('a/c'))).toEqual([])
    expect(await readFileSet(store, 'a/c')).toBeNull()
  })

  it('loses, with all it wrote, against another that was first', async () => {
    await writeFileSet(store, 'a', sourceOf({ one: '1' }), 'as-first')
    expect(await writeFileSet(store, 'a', sourceOf({ two: '2' }), 'as-first')).toMatchObject({ outcome: 'taken' })
    expect(await fetched('a')).toEqual({ one: '1' })
    expect(await store.list('a')).toHaveLength(2)
  })

  it('clears what a crash left a day ago, and not what is being written', async () => {
    const leftovers = [newId(Date.now() - 2 * 24 * 3_600_000), newId()].map((id) => `a/${id}-half`)
    for (const path of leftovers) await store.put(path, join(sourceOf({ half: 'x' }), 'half'))
    await writeFileSet(store, 'a', sourceOf({ one: '1' }), 'replacing')
    const paths = (await store.list('a')).map(({ path }) => path)
    expect(leftovers.map((path) => paths.includes(path))).toEqual([false, true])
    expect(await fetched('a')).toEqual({ one: '1' })
  })

  it('is refused by the file that is torn, gone or strange, and by a manifest that leads out or is newer', async () => {
    const before = await writeFileSet(store, 'a', sourceOf({ one: '1', two: '2' }), 'replacing')
    const place = (path: string) => join(root.path, 'store', 'a', `${before.files.id}-${path}`)
    const damaged = (file: string) => ({ code: 'files.damaged', details: { file } })
    writeFileSync(place('three'), '3')
    await expect(fetched('a')).rejects.toMatchObject(damaged('three'))
    rmSync(place('three'))
    writeFileSync(place('two'), '')
    await expect(fetched('a')).rejects.toMatchObject(damaged('two'))
    rmSync(place('two'))
    await expect(fetched('a')).rejects.toMatchObject(damaged('two'))
    const manifest = join(root.path, 'store', 'a', '_manifest.json')
    const outside = { id: newId(), files: [{ path: '../two', bytes: 1, sha256: 'a'.repeat(64) }] }
    for (const text of ['{', '[]', '{"format":1}', JSON.stringify({ format: 1, ...outside })]) {
      writeFileSync(manifest, text)
      await expect(fetched('a')).rejects.toMatchObject(damaged('_manifest.json'))
    }
    writeFileSync(manifest, '{"format":2}')
    await expect(fetched('a')).rejects.toMatchObject({ code: 'files.newer-format' })
  })
})
