import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { temporaryDirectory } from '@eip/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ArtifactStore } from './artifact-store.port.ts'

/** A store, and the hand that harms it: `damage` writes into a stored file, makes one that is not of the artefact, or removes one (null). */
export type ArtifactStoreHarness = Readonly<{
  store: ArtifactStore
  reopen(): Promise<ArtifactStoreHarness>
  damage(kind: string, name: string, file: string, content: string | null): void | Promise<void>
}>

/** Every adapter keeps these laws. */
export function artifactStoreContract(open: () => Promise<ArtifactStoreHarness>): void {
  let harness: ArtifactStoreHarness
  let folder: ReturnType<typeof temporaryDirectory>
  let sources = 0

  const sourceOf = (files: Readonly<Record<string, string | Uint8Array>>) => {
    const directory = join(folder.path, `source-${sources++}`)
    mkdirSync(directory)
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(directory, path)), { recursive: true })
      writeFileSync(join(directory, path), content)
    }
    return directory
  }
  const contentOf = (directory: string) =>
    Object.fromEntries(
      readdirSync(directory, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .map((path) => [path.slice(directory.length + 1), readFileSync(path, 'utf8')]),
    )
  const files = { 'encoder.json': '{"format":1}', 'onnx/model.onnx': 'weights', 'empty.txt': '' }

  describe('artifact store', () => {
    beforeEach(async () => {
      folder = temporaryDirectory()
      harness = await open()
    })
    afterEach(() => folder[Symbol.dispose]())

    it('gives back exactly the files that were put, those in folders too, also after a restart', async () => {
      const source = sourceOf(files)
      await harness.store.put('encoder', 'first-1.0', source)
      expect(contentOf(source)).toEqual(files)
      rmSync(source, { recursive: true })
      expect(contentOf(await harness.store.open('encoder', 'first-1.0'))).toEqual(files)
      harness = await harness.reopen()
      expect(contentOf(await harness.store.open('encoder', 'first-1.0'))).toEqual(files)
    })

    it('gives back large files of any bytes', async () => {
      const bytes = Uint8Array.from({ length: 3_000_001 }, (_, i) => (i * 31) & 0xff)
      await harness.store.put('encoder', 'a', sourceOf({ 'model.bin': bytes }))
      const found = readFileSync(join(await harness.store.open('encoder', 'a'), 'model.bin'))
      expect(found.equals(bytes)).toBe(true)
    })

    it('takes the same content again, and refuses other content under the same name', async () => {
      await harness.store.put('encoder', 'a', sourceOf(files))
      await harness.store.put('encoder', 'a', sourceOf(files))
      for (const other of [{ ...files, 'empty.txt': ' ' }, { ...files, 'more.txt': '' }, { 'encoder.json': '{}' }])
        await expect(harness.store.put('encoder', 'a', sourceOf(other))).rejects.toMatchObject({
          code: 'artifacts.conflict',
        })
      expect(contentOf(await harness.store.open('encoder', 'a'))).toEqual(files)
    })

    it('keeps one of several that are put at once under one name', async () => {
      const contents = ['one', 'two', 'one', 'two'].map((content) => ({ 'model.bin': content }))
      const answers = await Promise.allSettled(
        contents.map((content) => harness.store.put('encoder', 'a', sourceOf(content))),
      )
      const kept = contentOf(await harness.store.open('encoder', 'a'))
      for (const [index, answer] of answers.entries()) {
        const isKept = contents[index]!['model.bin'] === kept['model.bin']
        expect(answer.status).toBe(isKept ? 'fulfilled' : 'rejected')
      }
    })

    it('says what is not there', async () => {
      await expect(harness.store.open('encoder', 'a')).rejects.toMatchObject({ code: 'artifacts.not-found' })
      expect(await harness.store.list('encoder')).toEqual([])
      await harness.store.remove('encoder', 'a')
    })

    it('lists what was put and not removed, by kind', async () => {
      await harness.store.put('encoder', 'b', sourceOf(files))
      await harness.store.put('encoder', 'a', sourceOf(files))
      await harness.store.put('ranker', 'c', sourceOf(files))
      expect(await harness.store.list('encoder')).toEqual(['a', 'b'])
      await harness.store.remove('encoder', 'a')
      expect(await harness.store.list('encoder')).toEqual(['b'])
      await expect(harness.store.open('encoder', 'a')).rejects.toMatchObject({ code: 'artifacts.not-found' })
      await harness.store.put('encoder', 'a', sourceOf({ 'other.bin': 'other' }))
      expect(contentOf(await harness.store.open('encoder', 'a'))).toEqual({ 'other.bin': 'other' })
    })

    it.each([
      ['other bytes', 'onnx/model.onnx', 'WEIGHTS'],
      ['fewer bytes', 'onnx/model.onnx', 'weight'],
      ['no such file', 'encoder.json', null],
      ['a file that is not of it', 'onnx/extra.onnx', 'weights'],
    ])('names the file that is damaged: %s', async (_, file, content) => {
      await harness.store.put('encoder', 'a', sourceOf(files))
      await harness.store.put('encoder', 'b', sourceOf(files))
      await harness.damage('encoder', 'a', file, content)
      const opening = harness.store.open('encoder', 'a')
      await expect(opening).rejects.toMatchObject({ code: 'artifacts.damaged', details: { file } })
      await expect(harness.store.open('encoder', 'b')).resolves.toBeTypeOf('string')
      expect(await harness.store.list('encoder')).toEqual(['a', 'b'])
      await harness.store.put('encoder', 'a', sourceOf(files))
      expect(contentOf(await harness.store.open('encoder', 'a'))).toEqual(files)
    })

    it('refuses what is no name, wherever it is asked', async () => {
      const { store } = harness
      const source = sourceOf(files)
      for (const bad of ['', '.', '..', '.hidden', 'a/b', '../a', 'A', 'a b', 'a\u0000', 'ä', 'a'.repeat(81), 'a\n']) {
        const refused = { code: 'artifacts.bad-name' }
        await expect(store.put(bad, 'a', source)).rejects.toMatchObject(refused)
        await expect(store.put('encoder', bad, source)).rejects.toMatchObject(refused)
        await expect(store.open('encoder', bad)).rejects.toMatchObject(refused)
        await expect(store.remove('encoder', bad)).rejects.toMatchObject(refused)
        await expect(store.list(bad)).rejects.toMatchObject(refused)
      }
      await store.put('encoder', `${'a'.repeat(77)}-.9`, source)
    })

    it('refuses a directory without files, with a link in it, or that is not there', async () => {
      const { store } = harness
      const refused = { code: 'artifacts.bad-content' }
      await expect(store.put('encoder', 'a', sourceOf({}))).rejects.toMatchObject(refused)
      const linked = sourceOf(files)
      symlinkSync('/etc/hostname', join(linked, 'link'))
      await expect(store.put('encoder', 'a', linked)).rejects.toMatchObject(refused)
      await expect(store.put('encoder', 'a', join(folder.path, 'nowhere'))).rejects.toMatchObject(refused)
      await expect(store.put('encoder', 'a', join(linked, 'encoder.json'))).rejects.toMatchObject(refused)
      expect(await store.list('encoder')).toEqual([])
    })
  })
}
