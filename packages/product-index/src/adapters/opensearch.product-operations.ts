import { setImmediate } from 'node:timers/promises'
import type { Analyzer } from '@eip/engine-text-analysis'
import { newestOwned } from '../owned-columns.ts'
import { productMapping } from '../product-document.ts'
import type { OwnedChange, ProductChange } from '../product-index-writer.port.ts'
import type { Operation } from './opensearch.bulk.ts'
import { activeDocument, applyScript, columnsScript, inactiveDocument } from './opensearch.documents.ts'
import { documentKey } from './opensearch.names.ts'

/** Another writer may change the same product at the same time. */
const conflictTries = 5

const updateOf = (alias: string, id: string) => ({
  update: { _index: alias, require_alias: true, _id: documentKey(id), retry_on_conflict: conflictTries },
})

/** Analysing goes on for so long before others get their turn. */
const sliceMs = 2

/** The writes of a batch, made as they are sent: of each product the newest version. */
export function productOperations(
  analyzer: Analyzer,
  alias: string,
): (changes: readonly ProductChange[]) => AsyncGenerator<Operation> {
  const documentOf = productMapping(analyzer)
  const bodyOf = (change: ProductChange) => {
    const { version, product } = change
    const document =
      product?.active === true ? activeDocument(product, version, documentOf(product)) : inactiveDocument(change)
    return { scripted_upsert: true, upsert: {}, script: applyScript(document) }
  }
  return async function* (changes) {
    let startedAt = performance.now()
    for (const change of newestOf(changes)) {
      yield { about: `product "${change.id}"`, action: updateOf(alias, change.id), body: bodyOf(change) }
      if (performance.now() - startedAt < sliceMs) continue
      await setImmediate()
      startedAt = performance.now()
    }
  }
}

function newestOf(changes: readonly ProductChange[]): Iterable<ProductChange> {
  const newest = new Map<string, ProductChange>()
  for (const change of changes) {
    const known = newest.get(change.id)
    if (known === undefined || change.version > known.version) newest.set(change.id, change)
  }
  return newest.values()
}

/** The writes of changed columns: one for each product, as requests under way may overtake each other. */
export function* columnOperations(alias: string, changes: readonly OwnedChange[]): Generator<Operation> {
  for (const [id, ofProduct] of Map.groupBy(newestOwned(changes), (change) => change.id))
    yield {
      about: `columns of product "${id}"`,
      action: updateOf(alias, id),
      body: { scripted_upsert: true, upsert: {}, script: columnsScript(id, ofProduct) },
    }
}
