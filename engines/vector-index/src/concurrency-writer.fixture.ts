import { parentPort, workerData } from 'node:worker_threads'
import { seededRandom } from '@eip/kernel'
import { taggedVector } from './generated-vectors.fixture.ts'
import { createVectorIndexWriter } from './index.ts'

/**
 * A writer on a thread of its own. In each round it replaces some vectors and removes and adds others, links, and
 * publishes; the vector of an id tells the id and the round, so that a reader can check what it gets.
 */
const { dimensions, ids, rounds } = workerData as {
  readonly dimensions: number
  readonly ids: number
  readonly rounds: number
}
const port = parentPort!
const writer = createVectorIndexWriter({ dimensions, connections: 12, construction: 64 })
const { integer } = seededRandom(5)

function publish(): void {
  const publication = writer.commit()
  if (publication !== null) port.postMessage(publication)
}

function finish(): void {
  while (writer.work(50)) publish()
  publish()
}

for (let id = 0; id < ids; id++) writer.set(`p${id}`, taggedVector(id, 0, dimensions))
finish()
for (let round = 1; round <= rounds; round++) {
  for (let change = 0; change < ids / 20; change++) {
    const id = integer(ids)
    // The first hundred are always there.
    if (id >= 100 && change % 8 === 0) writer.remove(`p${id}`)
    else writer.set(`p${id}`, taggedVector(id, round, dimensions))
  }
  writer.work(5)
  publish()
}
finish()
port.postMessage('done')
