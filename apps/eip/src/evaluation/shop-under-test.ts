import { setTimeout as wait } from 'node:timers/promises'
import { folderArtifactStore } from '@eip/artifacts/folder'
import { searchContract } from '@eip/contracts'
import { failures } from '@eip/kernel'
import { openLake } from '@eip/lake'
import { importProducts } from '@eip/pipeline-products'
import { addModel } from '../encoder-models.ts'
import { grouped, writeLine } from '../output.ts'
import { progressLine } from '../progress.ts'
import { type OwnShop, untilIndexed, untilServing } from '../shop.ts'

const failure = failures({
  'evaluate.no-encoder': { kind: 'internal', cure: 'See the log: the encoder cannot be loaded.' },
})

/** Brings the products in, and waits until they can be found; answers with how many there are. */
export async function fill(shop: OwnShop, file: string): Promise<number> {
  const progress = progressLine('import')
  const lake = await openLake(shop.paths.lake)
  const onProgress = ({ phase, ...now }: { phase: string; rows?: number }) =>
    progress.report(`${phase} ${grouped(now.rows ?? 0)} rows`)
  const summary = await importProducts({ file, lake, load: shop.load, onProgress }).finally(() => lake.close())
  const { documents } = await untilIndexed(shop, ({ behind }) =>
    progress.report(`${grouped(behind)} products left to index`),
  )
  await untilKnown(shop, documents)
  progress.done()
  writeLine(`${grouped(documents)} products, ${grouped(summary.setAside)} rows set aside`)
  return documents
}

export type ServedEncoder = Readonly<{ id: string; kind: 'catalogue' | 'transformer' }>

/** Lets an encoder (`default`, or a model folder) read all products, and waits until queries are read by it too. */
export async function serve(shop: OwnShop, encoder: string): Promise<ServedEncoder> {
  const id = encoder === 'default' ? null : await addedModel(shop, encoder)
  await (id === null ? shop.encoders.train() : shop.encoders.use(id))
  const progress = progressLine('encoder')
  const serving = await untilServing(shop, id, ({ training, encoders }) => {
    if (training !== null) return progress.report(`training: ${training.phase}`, training.share)
    const filling = encoders.find(({ state }) => state === 'filling')
    if (filling) progress.report(`${grouped(filling.embedded)} products, ${grouped(filling.perSecond)}/s`)
  })
  await untilIndexed(shop, ({ behind }) => progress.report(`${grouped(behind)} vectors left to index`))
  const search = shop.client(searchContract)
  const isRead = async () => (await search.search({ query: 'a', mode: 'vector' })).versions.encoder === serving.encoder
  for (let tries = 0; !(await isRead()); tries++) {
    if (tries > 600) throw failure('evaluate.no-encoder', `queries are not read by ${serving.encoder}`)
    await wait(100)
  }
  progress.done()
  writeLine(`${serving.encoder}: ${serving.dimensions} dimensions, ${grouped(serving.embedded)} products`)
  return { id: serving.encoder, kind: serving.kind }
}

const addedModel = async (shop: OwnShop, folder: string): Promise<string> =>
  (await addModel(await folderArtifactStore({ folder: shop.paths.artifacts }), folder)).encoder

/** Waits until queries are read by the words of all products. */
async function untilKnown(shop: OwnShop, documents: number): Promise<void> {
  const search = shop.client(searchContract)
  while ((await search.search({ query: 'a' }, { deadlineMs: 60_000 })).versions.vocabulary !== documents)
    await wait(200)
}
