import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Failure, isFailure } from '@eip/kernel'
import { temporaryDirectory } from '@eip/testkit'
import { describe, expect, it } from 'vitest'
import { openEncoder } from '../open-encoder.ts'
import {
  copyOfRealModel,
  lookUpGraph,
  product,
  realModel,
  smallInputs,
  smallModel,
  smallWidth,
} from './model-folder.fixture.ts'
import { inspectModelFolder } from './model-folder-encoder.ts'
import { onnxFile } from './onnx-file.fixture.ts'
import { packModelFolder } from './transformer-artifact.ts'

const failureOf = (promise: Promise<unknown>): Promise<Failure> =>
  promise.then(
    () => {
      throw new Error('did not fail')
    },
    (error: unknown) => {
      if (isFailure(error)) return error
      throw error
    },
  )

describe('a model folder', () => {
  it('is described by its name, its content, and its card', async () => {
    using directory = temporaryDirectory()
    const folder = smallModel(directory.path, {
      'README.md': '---\nlicense: mit\nlanguage:\n- en\n- "de"\n---\n# A model',
    })
    const description = await inspectModelFolder(folder)
    expect(description).toEqual({
      encoder: expect.stringMatching(/^small-model-[0-9a-f]{12}$/),
      kind: 'transformer',
      name: 'Small Model',
      dimensions: smallWidth,
      languages: ['en', 'de'],
    })
    expect(await inspectModelFolder(folder)).toEqual(description)
    writeFileSync(join(folder, 'tokenizer_config.json'), '{"model_max_length": 12}')
    expect((await inspectModelFolder(folder)).encoder).not.toBe(description.encoder)
  })

  it.each([
    ['language: en', ['en']],
    ['language: [en, ko]', ['en', 'ko']],
    ['language:\n  - en\n  - pt\nlicense: mit', ['en', 'pt']],
    ['language: multilingual', null],
    ['license: mit', null],
  ])('knows the languages of a card that says "%s"', async (line, languages) => {
    using directory = temporaryDirectory()
    const folder = smallModel(directory.path, { 'README.md': `---\ntags:\n- x\n${line}\n---\nlanguage: fr\n` })
    expect((await inspectModelFolder(folder)).languages).toEqual(languages)
  })

  it('prefers weights of 8 bits to full ones, and those to quantised ones', async () => {
    using directory = temporaryDirectory()
    const graph = onnxFile(lookUpGraph())
    const folder = smallModel(directory.path, { 'onnx/model_w8.onnx': graph, 'onnx/model_quantized.onnx': 'broken' })
    const best = await inspectModelFolder(folder)
    rmSync(join(folder, 'onnx/model_w8.onnx'))
    expect(await inspectModelFolder(folder)).toEqual(best)
    rmSync(join(folder, 'onnx/model.onnx'))
    expect((await failureOf(inspectModelFolder(folder))).message).toContain('onnx/model_quantized.onnx')
  })

  it.each([
    ['tokenizer.json', '[PAD]'],
    ['tokenizer.json', '{}'],
    ['tokenizer_config.json', '{'],
    ['config.json', 'null'],
    ['config.json', '{"max_position_embeddings": 4}'],
    ['1_Pooling/config.json', '[]'],
    ['1_Pooling/config.json', '{"pooling_mode_lasttoken": true}'],
    ['onnx/model.onnx', ''],
    ['onnx/model.onnx', 'version https://git-lfs.example/spec/v1'],
  ])('is refused by the name of %s, where that is %s', async (file, content) => {
    using directory = temporaryDirectory()
    const refused = await failureOf(inspectModelFolder(smallModel(directory.path, { [file]: content })))
    expect(refused.code).toBe('text-encoder.bad-model')
    expect(refused.message).toContain(file)
    expect(refused.cure).not.toBe('')
  })

  it.each(['tokenizer.json', 'config.json', 'onnx/model.onnx'])('is refused without %s', async (file) => {
    using directory = temporaryDirectory()
    const folder = smallModel(directory.path)
    rmSync(join(folder, file))
    const refused = await failureOf(inspectModelFolder(folder))
    expect(refused).toMatchObject({ code: 'text-encoder.bad-model', message: expect.stringContaining(file) })
  })

  it('is refused where there is none', async () => {
    using directory = temporaryDirectory()
    const absent = join(directory.path, 'absent')
    const pack = () => packModelFolder(absent, directory.path)
    for (const refused of [() => inspectModelFolder(absent), () => openEncoder(absent), pack])
      expect(await failureOf(refused())).toMatchObject({
        code: 'text-encoder.bad-model',
        message: expect.stringContaining(absent),
      })
  })

  it('is refused where its graph cannot turn token ids into vectors, and says why', async () => {
    const { ids, mask } = smallInputs
    const graphs = {
      pooled: lookUpGraph('pooled'),
      position_ids: { ...lookUpGraph(), inputs: [ids, mask, { ...mask, name: 'position_ids' }] },
      '64-bit': { ...lookUpGraph(), inputs: [{ ...ids, type: 'int32' as const }, mask] },
      'its width is unknown': lookUpGraph('sentence_embedding'),
      'cannot encode a sentence': {
        ...lookUpGraph(),
        constants: { table: { shape: [2, smallWidth], values: new Float32Array(2 * smallWidth) } },
      },
      'vector of zeros': {
        ...lookUpGraph(),
        constants: { table: { shape: [20, smallWidth], values: new Float32Array(20 * smallWidth) } },
      },
    }
    for (const [why, graph] of Object.entries(graphs)) {
      using directory = temporaryDirectory()
      const refused = await failureOf(
        inspectModelFolder(smallModel(directory.path, { 'onnx/model.onnx': onnxFile(graph) })),
      )
      expect(refused.code).toBe('text-encoder.bad-model')
      expect(refused.message).toContain('onnx/model.onnx')
      expect(refused.message).toContain(why)
    }
  })
})

describe('a packed model', () => {
  it('holds what is needed, with licence and card, and encodes as its folder does', async () => {
    using directory = temporaryDirectory()
    const folder = smallModel(directory.path, {
      LICENSE: 'free',
      'README.md': '# card',
      'pytorch_model.bin': 'other weights',
      'onnx/model_quantized.onnx': 'other weights',
    })
    const artifact = join(directory.path, 'packed/deep')
    const description = await packModelFolder(folder, artifact, { name: 'Ours', languages: ['ko'] })
    expect(description).toEqual({ ...(await inspectModelFolder(folder)), name: 'Ours', languages: ['ko'] })
    expect(readdirSync(artifact, { recursive: true }).sort()).toEqual(
      ['LICENSE', 'README.md', 'encoder.json', 'onnx', 'onnx/model.onnx', 'tokenizer.json'].sort(),
    )
    const [packed, plain] = await Promise.all([openEncoder(artifact), openEncoder(folder)])
    expect(packed.description).toEqual(description)
    const products = [product('red shoe', 'blue'), product('lamp')]
    expect(await packed.encodeProducts(products)).toEqual(await plain.encodeProducts(products))
    await Promise.all([packed.close(), plain.close()])
  })

  it('keeps the languages of the card, whatever it is told', async () => {
    using directory = temporaryDirectory()
    const folder = smallModel(directory.path, { 'README.md': '---\nlanguage: en\n---\n' })
    const packed = await packModelFolder(folder, join(directory.path, 'packed'), { languages: ['ko'] })
    expect(packed.languages).toEqual(['en'])
  })

  it('takes the weights that lie in files beside the graph, and files behind links', async () => {
    using directory = temporaryDirectory()
    const folder = smallModel(directory.path, { 'onnx/model.onnx_data': 'weights', 'blobs/tokenizer': '' })
    const blob = join(folder, 'blobs/tokenizer')
    writeFileSync(blob, readFileSync(join(folder, 'tokenizer.json')))
    rmSync(join(folder, 'tokenizer.json'))
    symlinkSync(blob, join(folder, 'tokenizer.json'))
    const artifact = join(directory.path, 'packed')
    await packModelFolder(folder, artifact)
    expect(readFileSync(join(artifact, 'onnx/model.onnx_data'), 'utf8')).toBe('weights')
    rmSync(folder, { recursive: true })
    await (await openEncoder(artifact)).close()
  })

  it('goes into a new or an empty directory, and leaves nothing of a model that it refuses', async () => {
    using directory = temporaryDirectory()
    const artifact = join(directory.path, 'packed')
    mkdirSync(artifact)
    const broken = smallModel(join(directory.path, 'broken'), { 'onnx/model.onnx': '' })
    expect((await failureOf(packModelFolder(broken, artifact))).code).toBe('text-encoder.bad-model')
    expect(readdirSync(artifact)).toEqual([])
    const folder = smallModel(directory.path)
    await packModelFolder(folder, artifact)
    expect((await failureOf(packModelFolder(folder, artifact))).code).toBe('text-encoder.directory-not-empty')
    expect(existsSync(`${artifact}.partial`)).toBe(false)
  })

  it.each([
    ['tokenizer.json', '{}'],
    ['onnx/model.onnx', 'x'],
    ['encoder.json', ''],
    ['encoder.json', '{"format":2,"kind":"transformer"}'],
    ['encoder.json', '{"format":1,"kind":"oracle"}'],
    ['encoder.json', '{"format":1,"kind":"transformer"}'],
  ])('is refused by the name of %s, where that was changed to "%s"', async (file, content) => {
    using directory = temporaryDirectory()
    const artifact = join(directory.path, 'packed')
    await packModelFolder(smallModel(directory.path), artifact)
    writeFileSync(join(artifact, file), content)
    const refused = await failureOf(openEncoder(artifact))
    expect(refused).toMatchObject({ code: 'text-encoder.bad-artifact', message: expect.stringContaining(file) })
    if (file === 'encoder.json') return
    rmSync(join(artifact, file))
    const missing = await failureOf(openEncoder(artifact))
    expect(missing).toMatchObject({ code: 'text-encoder.bad-artifact', message: expect.stringContaining(file) })
  })

  it('is refused where it names files outside itself, or other dimensions than its model has', async () => {
    using directory = temporaryDirectory()
    const artifact = join(directory.path, 'packed')
    await packModelFolder(smallModel(directory.path), artifact)
    const header = JSON.parse(readFileSync(join(artifact, 'encoder.json'), 'utf8'))
    for (const change of [
      { dimensions: smallWidth + 1 },
      { model: '../Small Model/onnx/model.onnx' },
      { files: { ...header.files, '/etc/hosts': '0'.repeat(64) } },
      { files: {} },
    ]) {
      writeFileSync(join(artifact, 'encoder.json'), JSON.stringify({ ...header, ...change }))
      const refused = await failureOf(openEncoder(artifact))
      expect(refused).toMatchObject({
        code: 'text-encoder.bad-artifact',
        message: expect.stringContaining('encoder.json'),
      })
    }
  })
})

describe.skipIf(!realModel.isThere)(`all-MiniLM-L6-v2${realModel.skipReason}`, () => {
  it('is English, of 384 dimensions, and is packed with its licence', async () => {
    using directory = temporaryDirectory()
    const description = await packModelFolder(realModel.path, join(directory.path, 'packed'))
    expect(description).toMatchObject({ name: 'all-MiniLM-L6-v2', dimensions: 384, languages: ['en'] })
    expect(description.encoder).toMatch(/^all-minilm-l6-v2-[0-9a-f]{12}$/)
    expect(readdirSync(join(directory.path, 'packed'))).toEqual(expect.arrayContaining(['LICENSE', 'README.md']))
  })

  it.each([
    ['tokenizer.json', null],
    ['tokenizer.json', 'no JSON'],
    ['config.json', null],
    ['onnx/model_w8.onnx', null],
    ['onnx/model_w8.onnx', ''],
    ['onnx/model_w8.onnx', 'a text'],
  ])('is refused by the name of %s, where that is %s', async (file, content) => {
    using directory = temporaryDirectory()
    const folder = copyOfRealModel(directory.path)
    rmSync(join(folder, file))
    if (content !== null) writeFileSync(join(folder, file), content)
    const refused = await failureOf(inspectModelFolder(folder))
    expect(refused).toMatchObject({ code: 'text-encoder.bad-model', message: expect.stringContaining(file) })
  })
})
