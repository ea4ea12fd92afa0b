import { type FileHandle, open } from 'node:fs/promises'
import { type Product, productChanged } from '@eip/contracts'
import { timeSlice } from '@eip/database'
import type { Delivery, EventBus } from '@eip/event-bus'
import { type CorpusSample, corpusSample, type TextPlace } from '../domain/corpus-sample.ts'
import { encoderTextOf } from '../domain/encoder-text.ts'

export type CorpusOptions = Readonly<{
  bus: EventBus
  /** Written with one JSON line a product; `FILE.changes` beside it is for the time of collecting. */
  file: string
  /** Products in the file, at most: an even sample of more. */
  most: number
  signal: AbortSignal
}>

/** `products`: in the catalogue; `texts`: in the file. */
export type Corpus = Readonly<{ products: number; texts: number }>

/** Lines are brought over in pieces of this many bytes. */
const pieceBytes = 1 << 20

/** Notes the texts of changes as they come, each once more with every newer version. */
function noteTaker(file: FileHandle, sample: CorpusSample) {
  let end = 0
  return async (deliveries: readonly Delivery[]) => {
    const slice = timeSlice()
    const lines: Buffer[] = []
    for (const { event } of deliveries) {
      if (!sample.wants(event.key, event.version)) continue
      let place: TextPlace = null
      if (!event.deleted) {
        const line = Buffer.from(`${JSON.stringify(encoderTextOf(event.payload as Product))}\n`)
        place = { offset: end, length: line.length }
        end += line.length
        lines.push(line)
      }
      sample.put(event.key, event.version, place)
      await slice.pause()
    }
    if (lines.length > 0) await file.appendFile(Buffer.concat(lines))
  }
}

/** Brings the lines that count, in the sample's order, from the notes to the file. */
async function writeOut(notes: FileHandle, sample: CorpusSample, path: string, signal: AbortSignal): Promise<number> {
  await using file = await open(path, 'w')
  const places = sample.places()
  let piece: Buffer[] = []
  let bytes = 0
  const flush = async () => {
    await file.appendFile(Buffer.concat(piece))
    piece = []
    bytes = 0
  }
  for (const { offset, length } of places) {
    signal.throwIfAborted()
    const line = Buffer.allocUnsafe(length)
    await notes.read(line, 0, length, offset)
    piece.push(line)
    bytes += length
    if (bytes >= pieceBytes) await flush()
  }
  await flush()
  return places.length
}

/**
 * The texts of all living products as they are now, one JSON line each, in an order that the product ids decide: the same
 * catalogue gives the same bytes. Memory is bounded by `most`, whatever the catalogue's size.
 */
export async function collectCorpus({ bus, file, most, signal }: CorpusOptions): Promise<Corpus> {
  await using notes = await open(`${file}.changes`, 'w+')
  const sample = corpusSample(most)
  const note = noteTaker(notes, sample)
  const broken = Promise.withResolvers<never>()
  broken.promise.catch(() => {})
  let isOver = false
  // A follower's failures are tried again for ever: one of the disk must end the collecting instead.
  const handle = async (deliveries: readonly Delivery[]) => {
    if (!isOver) await note(deliveries).catch(end)
  }
  const end = (error: unknown) => {
    isOver = true
    broken.reject(error)
  }
  const abort = () => end(signal.reason)
  signal.throwIfAborted()
  signal.addEventListener('abort', abort)
  const following = await bus.follow({ topics: [productChanged], handle })
  try {
    await Promise.race([following.caughtUp, broken.promise])
  } finally {
    isOver = true
    signal.removeEventListener('abort', abort)
    await following.close()
  }
  const texts = await writeOut(notes, sample, file, signal)
  return { products: sample.products(), texts }
}
