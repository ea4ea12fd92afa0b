import { mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryDirectory } from '@eip/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ArtifactStoreHarness, artifactStoreContract } from '../artifact-store.contract.ts'
import { folderArtifactStore } from './folder.artifact-store.ts'

let root: ReturnType<typeof temporaryDirectory>
let folder: string
beforeEach(() => {
  root = temporaryDirectory()
  folder = join(root.path, 'store')
})
afterEach(() => root[Symbol.dispose]())

const open = async (): Promise<ArtifactStoreHarness> => ({
  store: await folderArtifactStore({ folder }),
  reopen: open,
  damage: (kind, name, file, content) => {
    const path = join(folder, kind, name, 'files', file)
    if (content === null) rmSync(path)
    else writeFileSync(path, content)
  },
})

describe('folder', () => {
  artifactStoreContract(open)

  const source = () => {
    const directory = join(root.path, 'source')
    mkdirSync(directory, { recursive: true })
    writeFileSync(join(directory, 'model.bin'), 'weights')
    return directory
  }

  it('leaves nothing beside the artefacts themselves, and nothing outside', async () => {
    const store = await folderArtifactStore({ folder })
    await store.put('encoder', 'a', source())
    await expect(store.put('encoder', '../../escaped', source())).rejects.toMatchObject({ code: 'artifacts.bad-name' })
    await expect(store.put('encoder', 'empty', join(folder, '.unfinished'))).rejects.toMatchObject({
      code: 'artifacts.bad-content',
    })
    expect(readdirSync(join(folder, '.unfinished'))).toEqual([])
    expect(readdirSync(folder).sort()).toEqual(['.unfinished', 'encoder'])
    expect(readdirSync(root.path).sort()).toEqual(['source', 'store'])
  })

  it('cleans what a crash left unfinished when it opens, and not what another process is writing', async () => {
    for (const name of ['left', 'being-written'])
      mkdirSync(join(folder, '.unfinished', name, 'files'), { recursive: true })
    utimesSync(join(folder, '.unfinished', 'left'), 0, 0)
    const store = await folderArtifactStore({ folder })
    expect(readdirSync(join(folder, '.unfinished'))).toEqual(['being-written'])
    expect(await store.list('encoder')).toEqual([])
  })

  it('names a manifest that is missing or broken, leads out, or is of a newer program', async () => {
    const store = await folderArtifactStore({ folder })
    await store.put('encoder', 'a', source())
    const manifest = join(folder, 'encoder', 'a', 'manifest.json')
    const damaged = { code: 'artifacts.damaged', details: { file: 'manifest.json' } }
    for (const text of ['{', '[]', '{"format":1}', '{"format":1,"files":[]}'])
      await expectOpen(text).rejects.toMatchObject(damaged)
    const outside = { path: '../manifest.json', bytes: 1, sha256: 'a'.repeat(64) }
    await expectOpen(JSON.stringify({ format: 1, files: [outside] })).rejects.toMatchObject(damaged)
    await expectOpen('{"format":2}').rejects.toMatchObject({ code: 'artifacts.newer-format' })
    rmSync(manifest)
    await expect(store.open('encoder', 'a')).rejects.toMatchObject(damaged)
    await store.put('encoder', 'a', source())
    await expect(store.open('encoder', 'a')).resolves.toBeTypeOf('string')
    expect(readdirSync(join(folder, '.unfinished'))).toEqual([])

    function expectOpen(text: string) {
      writeFileSync(manifest, text)
      return expect(store.open('encoder', 'a'))
    }
  })
})
