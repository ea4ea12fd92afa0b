import { setImmediate } from 'node:timers/promises'
import type { Positions } from '@eip/contracts'
import { ownedNumbersOf } from '../owned-columns.ts'
import type { IndexStatistics } from '../product-index.port.ts'
import type {
  EncoderChange,
  HeldVersionsPage,
  OwnedChange,
  ProductChange,
  ProductIndexWriter,
  VectorChange,
} from '../product-index-writer.port.ts'
import type { ChangesOf, HeldAsked } from './native.messages.ts'
import type { WorkerCalls } from './native.worker-calls.ts'

/** Changes on their way to the worker at once; beyond, `apply` waits until some of them are in the view. */
const mostUnderWay = 4_000
/** Characters of JSON that are written and sent in one go: about a millisecond of this thread. */
const chunkCharacters = 128 * 1_024
const mostHeldVersions = 1_000

/**
 * A commit is read and checked in one step of the serving thread: with 1,000 a search waited 100 ms (p95) while 60,000 products
 * were built anew, with 200 it waits 40, and the rebuild is no slower.
 */
const batchSize = 200

/** This thread's side of the writer: sends work to the worker, in order and not too much at once. */
export function nativeIndexWriter(
  { send, request, inTurn }: WorkerCalls,
  startPositions: Positions | null,
  statistics: () => IndexStatistics,
): ProductIndexWriter {
  let positionsHeld = startPositions
  let underWay = 0
  let someDone = Promise.withResolvers<void>()

  const release = (count: number) => {
    underWay -= count
    someDone.resolve()
    someDone = Promise.withResolvers<void>()
  }
  async function sendChanges(
    of: ChangesOf,
    changes: readonly (ProductChange | VectorChange | OwnedChange)[],
    positions: Positions,
  ): Promise<{ answer: Promise<string> }> {
    while (underWay > 0 && underWay + changes.length > mostUnderWay) await someDone.promise
    underWay += changes.length
    try {
      for (const json of jsonChunks(changes)) {
        send({ kind: 'changes', of, json })
        if (json.length >= chunkCharacters) await setImmediate()
      }
      const answer = request((number) => ({ kind: 'apply', request: number, positions }))
      const done = () => release(changes.length)
      answer.then(done, done)
      return { answer }
    } catch (error) {
      release(changes.length)
      throw error
    }
  }
  /** Waits for what `sender` began, in its turn, and keeps the positions once it is done. */
  const taken = async (positions: Positions, sender: () => Promise<{ answer: Promise<string> }>) => {
    const { answer } = await inTurn(sender)
    await answer
    positionsHeld = { ...positionsHeld, ...positions }
  }

  const held = async (asked: HeldAsked) =>
    JSON.parse(await request((number) => ({ kind: 'held', request: number, asked }))) as HeldVersionsPage

  return Object.freeze({
    apply: (changes: readonly ProductChange[], positions: Positions) =>
      taken(positions, () => sendChanges('products', changes, positions)),
    applyVectors: (changes: readonly VectorChange[], positions: Positions) =>
      taken(positions, () => sendChanges('vectors', changes, positions)),
    applyEncoders: (changes: readonly EncoderChange[], positions: Positions) =>
      taken(positions, async () => ({
        answer: request((number) => ({ kind: 'encoders', request: number, changes, positions })),
      })),
    async applyColumns(changes: readonly OwnedChange[], positions: Positions) {
      // Looked at here: JSON has no infinities, and would make them absent.
      for (const change of changes) ownedNumbersOf(change)
      await taken(positions, () => sendChanges('columns', changes, positions))
    },
    async save() {
      const { answer } = await inTurn(async () => ({
        answer: request((number) => ({ kind: 'save', request: number })),
      }))
      await answer
    },
    held: Object.freeze({
      of: async (ids: readonly string[]) => (await held({ ids })).versions,
      after: (cursor: string | null, limit: number) =>
        held({ first: Number(cursor ?? 0), limit: Math.min(limit, mostHeldVersions) }),
    }),
    batchSize,
    resumeFrom: () => positionsHeld,
    statistics,
  })
}

/** The changes as JSON arrays of about `chunkCharacters`: one product at a time, so that no single step is long. */
function* jsonChunks(changes: readonly object[]): Generator<string> {
  let parts: string[] = []
  let characters = 0
  for (const change of changes) {
    const json = JSON.stringify(change)
    parts.push(json)
    characters += json.length + 1
    if (characters < chunkCharacters) continue
    yield `[${parts.join()}]`
    parts = []
    characters = 0
  }
  if (parts.length > 0) yield `[${parts.join()}]`
}
