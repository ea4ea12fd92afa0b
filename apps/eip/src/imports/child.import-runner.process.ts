import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import type { Product } from '@eip/contracts'
import { isFailure } from '@eip/kernel'
import type { Lake } from '@eip/lake'
import { type ImportSummary, importProducts, parseFieldMapping } from '@eip/pipeline-products'
import type { ImportAnswer, ImportMessage, ImportOrder } from './child.import-runner.ts'
import { importSteps } from './import-steps.ts'
import { inPieces } from './load-pieces.ts'
import { openSharedLake } from './shared-lake.ts'

// Whoever waits for it has died, or it has said its last word.
process.once('disconnect', () => process.exit())

const [order] = (await once(process, 'message')) as [ImportOrder]
const tell = (message: ImportMessage) => process.send?.(message)

async function load(products: readonly Product[]): Promise<ImportAnswer['loaded']> {
  const answered = Promise.withResolvers<ImportAnswer>()
  process.once('message', answered.resolve)
  tell({ kind: 'load', products })
  return (await answered.promise).loaded
}

/** Another import has the lake for minutes, not for ever. */
async function lakeOnceFree({ lake, files, lakePatienceMs }: ImportOrder): Promise<Lake> {
  const end = performance.now() + lakePatienceMs
  for (;;) {
    try {
      return await openSharedLake(lake, files)
    } catch (error) {
      if (!isFailure(error) || error.code !== 'lake.in-use' || performance.now() > end) throw error
      tell({ kind: 'step', step: { phase: 'hashing', share: 0, read: 0 } })
      await wait(250)
    }
  }
}

async function run(lake: Lake): Promise<ImportSummary> {
  const { file, rejectedFile, options } = order
  const { currency, language, map, ignore } = options
  return importProducts({
    ...{ file, rejectedFile, lake, load: inPieces(load) },
    mapping: parseFieldMapping(map, ignore),
    defaults: { ...(currency === undefined ? {} : { currency }), ...(language === undefined ? {} : { language }) },
    onProgress: importSteps((step) => tell({ kind: 'step', step })),
  })
}

function told(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return isFailure(error) ? `${error.message}. ${error.cure}` : error.message
}

async function outcome(): Promise<ImportMessage> {
  try {
    const lake = await lakeOnceFree(order)
    const summary = await run(lake).finally(() => lake.close())
    const { read, kept, setAside, duplicates, created, updated, unchanged, repaired, fault } = summary
    const rows = { read, kept, setAside, duplicates, created, updated, unchanged }
    return { kind: 'done', outcome: { rows, repaired, fault } }
  } catch (error) {
    process.exitCode = 1
    return { kind: 'failed', reason: told(error) }
  }
}

process.send?.(await outcome(), undefined, undefined, () => process.disconnect?.())
