import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import { SHOP_SCHEMA } from './generated-corpus.fixture.ts'
import { createIndexReader, type Publication } from './index.ts'

/**
 * A reader on a thread of its own. Queries for as long as the writer goes on, and checks what every query must hold:
 * each product once, whole, and never older than it was seen before.
 */
const { products } = workerData as { readonly products: number }
const port = parentPort!
const reader = createIndexReader(SHOP_SCHEMA)
const seen = new Map<string, number>()
const faults: string[] = []
let queries = 0
let epochs = 0

function drain(): boolean {
  let isRunning = true
  for (let message = receiveMessageOnPort(port); message !== undefined; message = receiveMessageOnPort(port)) {
    if (message.message === 'stop') isRunning = false
    else {
      reader.apply(message.message as Publication)
      epochs++
    }
  }
  return isRunning
}

function query(): void {
  const found = reader.search({ clauses: [{ terms: [{ term: 'every' }] }], limit: products + 10, total: true })
  queries++
  const ids = found.ids()
  if (found.total !== products || new Set(ids).size !== products) faults.push(`${found.total} products`)
  const versions = new Set<number>()
  ids.forEach((id, at) => {
    const stored = JSON.parse(found.view.stored(found.refs[at]!).toString()) as { id: string; version: number }
    const tag = found.view.tags(found.refs[at]!, 'category')[0]
    if (stored.id !== id) faults.push(`${id} has the bytes of ${stored.id}`)
    if (tag !== `version ${stored.version}`) faults.push(`${id} is of ${tag} and of version ${stored.version}`)
    if (stored.version < (seen.get(id) ?? -1)) faults.push(`${id} went back to version ${stored.version}`)
    seen.set(id, stored.version)
    versions.add(stored.version)
  })
  // A commit replaces every product.
  if (versions.size !== 1) faults.push(`versions ${[...versions]} side by side`)
  const stock = reader.number(found.refs[0]!, 'stock')
  if (!(stock >= 0)) faults.push(`stock ${stock}`)
}

while (drain()) {
  if (reader.epoch < 0) continue
  query()
  if (queries === 1) port.postMessage('started')
}
// What came together with the word to stop.
query()
port.postMessage({ queries, epochs, faults: faults.slice(0, 5), last: Math.max(...seen.values()) })
