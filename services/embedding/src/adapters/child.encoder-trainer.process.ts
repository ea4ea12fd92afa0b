import { closeSync, openSync, readSync } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'
import { type EncoderText, trainCatalogueEncoder } from '@eip/engine-text-encoder'
import type { TrainerMessage } from './child.encoder-trainer.ts'

/** The lines of a file, a piece of it in memory at a time; may be gone through more than once. */
const corpusIn = (file: string): Iterable<EncoderText> => ({
  *[Symbol.iterator]() {
    const handle = openSync(file, 'r')
    try {
      const piece = Buffer.allocUnsafe(1 << 16)
      const decoder = new StringDecoder('utf8')
      let rest = ''
      for (let bytes = readSync(handle, piece); bytes > 0; bytes = readSync(handle, piece)) {
        const lines = (rest + decoder.write(piece.subarray(0, bytes))).split('\n')
        rest = lines.pop() as string
        for (const line of lines) yield JSON.parse(line) as EncoderText
      }
    } finally {
      closeSync(handle)
    }
  },
})

const parent = process.ppid
/** The channel is closed when the last word has left: nothing else keeps this process. */
const tellAtLast = (message: TrainerMessage) =>
  process.send?.(message, undefined, undefined, () => process.disconnect?.())

function onProgress(phase: string, share: number): void {
  // The training holds this thread, so that no event would tell that nobody waits for it any more.
  if (process.ppid !== parent) process.exit(1)
  const message: TrainerMessage = { kind: 'progress', phase, share }
  process.send?.(message)
}

const [corpus, directory] = process.argv.slice(2) as [string, string]
try {
  const description = trainCatalogueEncoder({ corpus: corpusIn(corpus), directory, onProgress })
  tellAtLast({ kind: 'done', description })
} catch (error) {
  process.exitCode = 1
  tellAtLast({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) })
}
