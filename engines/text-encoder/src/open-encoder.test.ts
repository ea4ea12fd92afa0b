import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryDirectory } from '@eip/testkit'
import { expect, it } from 'vitest'
import { trainCatalogueEncoder } from './catalogue/train-catalogue-encoder.ts'
import { openEncoder } from './open-encoder.ts'
import { openEncoderThread } from './thread/encoder-thread.ts'
import { product, smallModel } from './transformer/model-folder.fixture.ts'
import { packModelFolder } from './transformer/transformer-artifact.ts'

const things = ['shoe', 'lamp', 'desk', 'chair', 'kettle', 'jacket', 'speaker', 'camera']
const colours = ['red', 'blue', 'green', 'black', 'white', 'yellow', 'brown', 'grey']
const corpus = things.flatMap((thing) =>
  colours.map((colour) => product(`${colour} ${thing}`, `A ${thing} in ${colour}`)),
)

it('opens either kind of artefact by what it says of itself, here and in a thread', async () => {
  using directory = temporaryDirectory()
  const catalogue = join(directory.path, 'catalogue')
  const transformer = join(directory.path, 'transformer')
  const descriptions = [
    trainCatalogueEncoder({ corpus, directory: catalogue, dimensions: 32 }),
    await packModelFolder(smallModel(directory.path), transformer),
  ]
  for (const [at, path] of [catalogue, transformer].entries()) {
    const [here, there] = await Promise.all([openEncoder(path), openEncoderThread(path)])
    expect(here.description).toEqual(descriptions[at])
    expect(there.description).toEqual(descriptions[at])
    expect(await there.encodeQueries(['red shoe', ''])).toEqual(await here.encodeQueries(['red shoe', '']))
    expect(await there.encodeProducts(corpus.slice(0, 3))).toEqual(await here.encodeProducts(corpus.slice(0, 3)))
    await Promise.all([here.close(), there.close()])
  }
})

it('refuses an artefact of the other kind', async () => {
  using directory = temporaryDirectory()
  const packed = join(directory.path, 'packed')
  await packModelFolder(smallModel(directory.path), packed)
  const header = JSON.parse(readFileSync(join(packed, 'encoder.json'), 'utf8'))
  writeFileSync(join(packed, 'encoder.json'), JSON.stringify({ ...header, kind: 'catalogue' }))
  const refused = { code: 'text-encoder.bad-artifact', message: expect.stringContaining('encoder.json') }
  await expect(openEncoder(packed)).rejects.toMatchObject(refused)
  await expect(openEncoderThread(packed)).rejects.toMatchObject(refused)
})
