import { folderArtifactStore } from '@eip/artifacts/folder'
import type { EmbeddingStatus } from '@eip/contracts'
import { addModel } from '../encoder-models.ts'
import { readEnvironment } from '../environment.ts'
import { answer, grouped, table, writeLine } from '../output.ts'
import type { Verb } from '../program.ts'
import { progressLine } from '../progress.ts'
import { openShop, type Shop, untilServing } from '../shop.ts'

type Common = Readonly<{ json?: true }>

export const models: Verb = (program) => {
  const parent = program.command('models').description('Text encoders: what queries and products are read by.')
  const asJson = ['--json', 'print the encoders as one JSON object, the last line of standard output'] as const
  parent
    .command('list')
    .description('The encoders that there are, and how far their vectors are.')
    .option(...asJson)
    .action(({ json }: Common) => withShop(json, ({ encoders }) => encoders.status()))
  parent
    .command('add')
    .description('Check a model folder (ONNX, tokenizer.json), keep a copy of it, and let it take over.')
    .argument('<folder>', 'such as models/all-MiniLM-L6-v2')
    .option('--keep-only', 'keep it for "models use", and go on as before')
    .option(...asJson)
    .action((folder: string, options: Common & { keepOnly?: true }) => add(folder, options))
  parent
    .command('use')
    .description('Let an encoder take over, or go back to the one before; it does when every product has its vector.')
    .argument('<id>', 'as "models list" or "models add" names it')
    .option(...asJson)
    .action((encoder: string, { json }: Common) => withShop(json, (shop) => takeOver(shop, encoder)))
  parent
    .command('train')
    .description('Train an encoder on the catalogue as it now is, and let it take over.')
    .option(...asJson)
    .action(({ json }: Common) => withShop(json, train))
}

async function add(folder: string, { keepOnly, json }: Common & { keepOnly?: true }): Promise<void> {
  await withShop(json, async (shop) => {
    const artifacts = await folderArtifactStore({ folder: shop.paths.artifacts })
    const { encoder, dimensions, languages } = await addModel(artifacts, folder)
    writeLine(`${encoder}: ${dimensions} dimensions, ${languages === null ? 'any language' : languages.join(', ')}`)
    return keepOnly ? shop.encoders.status() : takeOver(shop, encoder)
  })
}

async function takeOver(shop: Shop, encoder: string): Promise<EmbeddingStatus> {
  await shop.encoders.use(encoder)
  return untilItServes(shop, encoder)
}

async function train(shop: Shop): Promise<EmbeddingStatus> {
  await shop.encoders.train()
  return untilItServes(shop, null)
}

async function untilItServes(shop: Shop, encoder: string | null): Promise<EmbeddingStatus> {
  const progress = progressLine('encoder')
  await untilServing(shop, encoder, ({ training, encoders }) => {
    if (training !== null) return progress.report(training.phase, training.share)
    const filling = encoders.find(({ state }) => state === 'filling')
    if (filling === undefined) return
    const share = filling.lag === null ? undefined : filling.embedded / Math.max(1, filling.embedded + filling.lag)
    progress.report(`${grouped(filling.embedded)} products, ${grouped(filling.perSecond)}/s`, share)
  })
  progress.done()
  return shop.encoders.status()
}

/** Runs on the platform of this data directory, running or not, and tells the encoders. */
async function withShop(json: true | undefined, work: (shop: Shop) => Promise<EmbeddingStatus>): Promise<void> {
  // What this command is for is said by its arguments, not by the configuration of a platform that starts.
  const shop = await openShop({ ...readEnvironment(), ENCODER: 'manual' })
  try {
    const status = await work(shop)
    answer({ json: status, text: describe(status) }, json === true)
  } finally {
    await shop.close()
  }
}

function describe({ encoders, training, trouble }: EmbeddingStatus): string {
  const rows = encoders.map((each) => [
    each.encoder,
    each.state,
    String(each.dimensions),
    each.languages?.join(', ') ?? 'any',
    grouped(each.embedded),
    each.lag === null ? '' : grouped(each.lag),
    each.trouble ?? '',
  ])
  const header = ['encoder', 'state', 'dimensions', 'languages', 'products', 'behind', 'trouble']
  const lines = [encoders.length === 0 ? 'There is no encoder yet: words are searched.' : table(header, rows)]
  if (training !== null) lines.push(`Training: ${training.phase}, ${Math.round(training.share * 100)} %`)
  if (trouble !== null) lines.push(`Trouble: ${trouble}`)
  return lines.join('\n')
}
