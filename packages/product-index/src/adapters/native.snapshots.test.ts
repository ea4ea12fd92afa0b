import { existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { aProduct, temporaryDirectory, until } from '@eip/testkit'
import { expect, it } from 'vitest'
import { changesOf, found } from '../contract/requests.ts'
import { embedded, encoder, vectorOf } from '../contract/vectors.ts'
import { generation } from '../manifest.ts'
import { openNativeProductIndex } from './native.product-index.ts'

const products = Array.from({ length: 30 }, (_, i) => aProduct({ id: `p${i}` }))
const inOneProduct = changesOf([aProduct({ id: 'a' })])

async function savedView(dir: string): Promise<void> {
  const index = await openNativeProductIndex({ dir })
  await index.writer.apply(changesOf(products), { 'topic/0': 30 })
  await index.writer.applyVectors([embedded('p1', 1, vectorOf(1))], {})
  await index.close()
}

const filesIn = (dir: string) =>
  readdirSync(dir, { recursive: true, withFileTypes: true }).filter((each) => each.isFile())

type Line = Readonly<{ level: string; message: string; fields: Readonly<Record<string, unknown>> }>
function listening() {
  const lines: Line[] = []
  const level = (name: string) => (fields: Readonly<Record<string, unknown>>, message: string) =>
    void lines.push({ level: name, message, fields })
  return { lines, logger: { info: level('info'), warn: level('warn'), error: level('error') } }
}

type Manifest = { format: number; extra: { generation: string } }
function rewriteManifest(dir: string, change: (manifest: Manifest) => void): void {
  const path = join(dir, 'manifest.json')
  const { content } = JSON.parse(readFileSync(path, 'utf8')) as { content: Manifest }
  change(content)
  writeFileSync(path, JSON.stringify({ crc32: crc32(JSON.stringify(content)), content }))
}

async function expectBegunAnew(dir: string, reason: RegExp): Promise<void> {
  const { lines, logger } = listening()
  const index = await openNativeProductIndex({ dir, logger })
  expect(index.writer.resumeFrom()).toBeNull()
  expect(await found(index)).toEqual([])
  const line = lines.find(({ level }) => level === 'warn')
  expect(line?.message).toMatch(/asks for all events from the start/)
  expect(line?.fields.reason).toMatch(reason)
  await index.writer.apply(changesOf(products), { 'topic/0': 30 })
  await index.close()
  const again = await openNativeProductIndex({ dir })
  expect(await found(again)).toHaveLength(30)
  expect(again.writer.resumeFrom()).toEqual({ 'topic/0': 30 })
  await again.close()
}

it('says that it goes on from its snapshot', async () => {
  using directory = temporaryDirectory()
  await savedView(directory.path)
  const { lines, logger } = listening()
  const index = await openNativeProductIndex({ dir: directory.path, logger })
  expect(lines).toMatchObject([{ level: 'info', fields: { generation, documents: 30 } }])
  await index.close()
})

it('refuses a snapshot of another generation by name, and begins anew', async () => {
  using directory = temporaryDirectory()
  await savedView(directory.path)
  rewriteManifest(directory.path, ({ extra }) => {
    extra.generation = 'an older one'
  })
  await expectBegunAnew(directory.path, new RegExp(`generation an older one, this program's is ${generation}`))
})

it('begins anew where a file of the snapshot is damaged or missing, and names the file', async () => {
  using directory = temporaryDirectory()
  for (const name of [/^versions-/, /^state-/, /^segment-/, /^exact-/]) {
    await savedView(directory.path)
    const file = filesIn(directory.path).find((each) => name.test(each.name))!
    const path = join(file.parentPath, file.name)
    const bytes = readFileSync(path)
    bytes[bytes.length >> 1]! ^= 1
    writeFileSync(path, bytes)
    await expectBegunAnew(directory.path, new RegExp(file.name))
  }
  await savedView(directory.path)
  const folder = readdirSync(directory.path).find((each) => each.startsWith('vectors-'))!
  rmSync(join(directory.path, folder), { recursive: true })
  await expectBegunAnew(directory.path, new RegExp(`${folder}.*${encoder}`))
  truncateSync(join(directory.path, 'manifest.json'), 20)
  await expectBegunAnew(directory.path, /manifest\.json/)
})

it("does not open a newer program's snapshot, and leaves it as it is", async () => {
  using directory = temporaryDirectory()
  await savedView(directory.path)
  rewriteManifest(directory.path, (manifest) => {
    manifest.format = 999
  })
  const before = readFileSync(join(directory.path, 'manifest.json'), 'utf8')
  await expect(openNativeProductIndex({ dir: directory.path })).rejects.toMatchObject({
    code: 'text-index.snapshot-newer',
  })
  expect(readFileSync(join(directory.path, 'manifest.json'), 'utf8')).toBe(before)
})

it('saves by itself after so many changes, or after a while', async () => {
  for (const rule of [{ saveAfterChanges: 10 }, { saveAfterSeconds: 0 }]) {
    using directory = temporaryDirectory()
    const index = await openNativeProductIndex({ dir: directory.path, ...rule })
    await index.writer.apply(changesOf(products), {})
    await until('a snapshot stands', () => existsSync(join(directory.path, 'manifest.json')))
    await index.close()
  }
})

it("does not open a snapshot with a newer program's vectors, and leaves it as it is", async () => {
  using directory = temporaryDirectory()
  await savedView(directory.path)
  const folder = readdirSync(directory.path).find((each) => each.startsWith('vectors-'))!
  rewriteManifest(join(directory.path, folder), (manifest) => {
    manifest.format = 999
  })
  const before = filesIn(directory.path).map(({ name }) => name)
  await expect(openNativeProductIndex({ dir: directory.path })).rejects.toMatchObject({
    code: 'vector-index.snapshot-newer',
  })
  expect(filesIn(directory.path).map(({ name }) => name)).toEqual(before)
})

it('writes vectors only when they have changed, and keeps no folder that its snapshot does not name', async () => {
  using directory = temporaryDirectory()
  const index = await openNativeProductIndex({ dir: directory.path })
  const folders = () => readdirSync(directory.path).filter((each) => each.startsWith('vectors-'))
  await index.writer.applyVectors([embedded('a', 1, vectorOf(1)), embedded('a', 1, vectorOf(1), 'other')], {})
  let version = 0
  const saveOtherThings = async () => {
    version++
    await index.writer.apply(changesOf([aProduct({ id: 'a', title: `Product ${version}` })], version), {})
    await index.writer.save()
    return folders().join()
  }
  // What was linked since the last save is worth writing once more.
  await until('all is linked, and saving other things writes no vectors', async () => {
    const standing = await saveOtherThings()
    return standing === (await saveOtherThings()) && standing === (await saveOtherThings())
  })
  const before = folders()
  expect(before).toHaveLength(2)
  expect(await saveOtherThings()).toBe(before.join())
  await index.writer.applyVectors([embedded('a', 2, vectorOf(0, 1), 'other')], {})
  await index.writer.save()
  expect(folders()).toHaveLength(2)
  expect(folders()).toContain(before[0])
  expect(folders()).not.toContain(before[1])
  await index.writer.applyEncoders([{ encoder: 'other', version: 1, isHeld: false }], {})
  await index.writer.save()
  expect(folders()).toEqual([before[0]])
  const more = Array.from({ length: 40 }, (_, i) => embedded(`p${i}`, 1, vectorOf(1, i)))
  await index.writer.applyVectors(more, {})
  await index.writer.save()
  await index.writer.applyVectors([embedded('p0', 2, null)], {})
  await index.close()
  const again = await openNativeProductIndex({ dir: directory.path })
  expect(again.reader.statistics().encoders).toMatchObject([{ encoder, vectors: 40 }])
  expect(await again.reader.vectorOf('p39', encoder)).not.toBeNull()
  await again.close()
})

it('keeps the ledgers of its snapshot alone: of products, and of each owner of columns', async () => {
  using directory = temporaryDirectory()
  const index = await openNativeProductIndex({ dir: directory.path })
  for (let version = 1; version <= 3; version++) {
    await index.writer.apply(changesOf(products, version), {})
    await index.writer.save()
  }
  await index.close()
  expect(readdirSync(directory.path).filter((file) => file.startsWith('versions-'))).toHaveLength(3)
})

it('serves on where it cannot save, and says so', async () => {
  using directory = temporaryDirectory()
  writeFileSync(join(directory.path, 'file'), '')
  const { lines, logger } = listening()
  const index = await openNativeProductIndex({ dir: join(directory.path, 'file', 'index'), logger })
  await index.writer.apply(inOneProduct, {})
  await expect(index.writer.save()).rejects.toMatchObject({ code: 'product-index.writer-failed' })
  expect(lines.at(-1)).toMatchObject({ level: 'error', message: 'saving the serving view failed' })
  expect(await found(index)).toEqual(['a'])
  await expect(index.close()).rejects.toMatchObject({ code: 'product-index.writer-failed' })
})

it('keeps nothing where it has no directory', async () => {
  const index = await openNativeProductIndex({ dir: null })
  await index.writer.apply(inOneProduct, {})
  await index.writer.save()
  expect(await found(index)).toEqual(['a'])
  await index.close()
})

it('takes no changes after it was closed, and closes once', async () => {
  const index = await openNativeProductIndex({ dir: null })
  const applied = index.writer.apply(inOneProduct, {})
  await Promise.all([applied, index.close(), index.close()])
  await expect(index.writer.apply(inOneProduct, {})).rejects.toMatchObject({
    code: 'product-index.writer-stopped',
    kind: 'unavailable',
  })
})

it('takes no positions from a batch with a product that it refuses, and takes the others when they come again', async () => {
  const index = await openNativeProductIndex({ dir: null })
  const broken = { ...aProduct({ id: 'broken' }), brand: '\ud800' }
  const batch = [...inOneProduct, ...changesOf([broken])]
  await expect(index.writer.apply(batch, { 'topic/0': 2 })).rejects.toMatchObject({ code: 'text-index.bad-document' })
  expect(index.writer.resumeFrom()).toBeNull()
  await index.writer.apply(inOneProduct, { 'topic/0': 1 })
  expect(await found(index)).toEqual(['a'])
  expect(index.writer.resumeFrom()).toEqual({ 'topic/0': 1 })
  await index.close()
})
