import { closeSync, existsSync, fsyncSync, openSync, readdirSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { failures } from '@eip/kernel'
import type { LedgerFile } from './native.encoder-vectors.ts'

const failure = failures({
  'product-index.ledger-damaged': { kind: 'internal', cure: 'Nothing is to be done: the view is built anew.' },
})

export const ledgerName = /^versions-(\d+)\.bin(\.partial)?$/

/** One more than the largest number among the names in the directory. */
export function nextNumber(directory: string, name: RegExp): number {
  const numbers = readdirSync(directory).map((each) => Number(name.exec(each)?.[1] ?? 0))
  return Math.max(0, ...numbers) + 1
}

export function writeLedger(directory: string, content: Uint8Array): LedgerFile {
  const file = `versions-${nextNumber(directory, ledgerName)}.bin`
  const aside = join(directory, `${file}.partial`)
  const descriptor = openSync(aside, 'w')
  try {
    for (let at = 0; at < content.length; ) at += writeSync(descriptor, content, at)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  // The manifest's writer syncs the directory before it renames the manifest, which makes this name durable too.
  renameSync(aside, join(directory, file))
  return { file, bytes: content.length, crc32: crc32(content) }
}

export function readLedger(directory: string, { file, bytes, crc32: checksum }: LedgerFile): Uint8Array {
  const path = join(directory, file)
  const content = existsSync(path) ? readFileSync(path) : Buffer.alloc(0)
  if (content.length !== bytes || crc32(content) !== checksum)
    throw failure('product-index.ledger-damaged', `file "${file}" of the snapshot is missing or damaged`, { file })
  return content
}
