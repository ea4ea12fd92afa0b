import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryDirectory } from '@eip/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FileStore } from './file-store.port.ts'

/** Every adapter keeps these laws. `open` answers with an empty store; `again` opens the same one once more, as another process would. */
export function fileStoreContract(open: () => Promise<{ store: FileStore; again: () => Promise<FileStore> }>): void {
  let store: FileStore
  let again: () => Promise<FileStore>
  let folder: ReturnType<typeof temporaryDirectory>
  let made = 0

  const local = (content: string | Uint8Array) => {
    const file = join(folder.path, `local-${made++}`)
    writeFileSync(file, content)
    return file
  }
  const target = () => join(folder.path, `fetched-${made++}`)
  const pathsOf = async (path: string) => (await store.list(path)).map((file) => file.path)

  describe('file store', () => {
    beforeEach(async () => {
      folder = temporaryDirectory()
      ;({ store, again } = await open())
    })
    afterEach(() => folder[Symbol.dispose]())

    it('gives back what was put, to every process', async () => {
      const bytes = Uint8Array.from({ length: 3_000_001 }, (_, i) => (i * 31) & 0xff)
      const source = local(bytes)
      await store.put('day=1/part=a/data.bin', source)
      expect(readFileSync(source).equals(bytes)).toBe(true)
      const file = target()
      expect(await (await again()).fetch('day=1/part=a/data.bin', file)).toBe('fetched')
      expect(readFileSync(file).equals(bytes)).toBe(true)
    })

    it('replaces what is put again, and a local file that is fetched again', async () => {
      const file = local('before')
      for (const content of ['one', '', '둘']) {
        await store.put('a', local(content))
        expect(await store.read('a')).toBe(content)
        await store.fetch('a', file)
        expect(readFileSync(file, 'utf8')).toBe(content)
      }
    })

    it('creates a path once, however many do so at once', async () => {
      const other = await again()
      const answers = await Promise.all(
        ['one', 'two', 'three', 'four'].map((content, index) =>
          (index % 2 ? store : other).create('a', local(content)),
        ),
      )
      expect(answers.toSorted()).toEqual(['created', 'taken', 'taken', 'taken'])
      expect(await store.read('a')).toBe(['one', 'two', 'three', 'four'][answers.indexOf('created')])
      expect(await store.create('a', local('five'))).toBe('taken')
    })

    it('says what is not there, and leaves no local file', async () => {
      const file = target()
      expect(await store.fetch('a/b', file)).toBe('absent')
      expect(await store.read('a/b')).toBeNull()
      expect(await store.list('a')).toEqual([])
      await store.remove('a/b')
      expect(readdirSync(folder.path)).toEqual([])
    })

    it('lists the files below a folder in order, with sizes, and with versions that change with the content', async () => {
      for (const path of ['a/c/2', 'a/b', 'a/c/1', 'ab/1']) await store.put(path, local('1234'))
      const before = await store.list('a')
      expect(before.map(({ path, bytes }) => [path, bytes])).toEqual([
        ['a/b', 4],
        ['a/c/1', 4],
        ['a/c/2', 4],
      ])
      await store.put('a/b', local('4321'))
      const after = await store.list('a')
      expect(after.map(({ version }, index) => version === before[index]?.version)).toEqual([false, true, true])
      await store.remove('a/c/1')
      expect(await pathsOf('a')).toEqual(['a/b', 'a/c/2'])
    })

    it('lists more files than a store answers with at once', async () => {
      const source = local('x')
      const paths = Array.from({ length: 1_003 }, (_, index) => `many/${String(index).padStart(4, '0')}`)
      for (let start = 0; start < paths.length; start += 20)
        await Promise.all(paths.slice(start, start + 20).map((path) => store.put(path, source)))
      expect(await pathsOf('many')).toEqual(paths)
    })

    it('refuses what is no path, wherever it is asked', async () => {
      const source = local('x')
      const refused = { code: 'files.bad-path' }
      for (const path of [
        '',
        '/',
        'a/',
        '/a',
        '../a',
        'a/../b',
        '.',
        '.hidden',
        'a b',
        'a\\b',
        'ä',
        'a\n',
        'a\u0000',
      ]) {
        await expect(store.put(path, source)).rejects.toMatchObject(refused)
        await expect(store.create(path, source)).rejects.toMatchObject(refused)
        await expect(store.fetch(path, target())).rejects.toMatchObject(refused)
        await expect(store.read(path)).rejects.toMatchObject(refused)
        await expect(store.list(path)).rejects.toMatchObject(refused)
        await expect(store.remove(path)).rejects.toMatchObject(refused)
      }
    })
  })
}
