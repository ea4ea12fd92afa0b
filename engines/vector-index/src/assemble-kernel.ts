import { readFileSync, writeFileSync } from 'node:fs'
import wabt from 'wabt'

const TEXT = new URL('./kernel.wat', import.meta.url)
const BINARY = new URL('./kernel.wasm', import.meta.url)
const FEATURES = { simd: true, threads: true, multi_memory: true }

/** The bytes of `kernel.wasm`, assembled from `kernel.wat`. After a change: `node engines/vector-index/src/assemble-kernel.ts`. */
export async function assembleKernel(): Promise<Uint8Array> {
  const { parseWat } = await wabt()
  const module = parseWat('kernel.wat', readFileSync(TEXT, 'utf8'), FEATURES)
  try {
    return module.toBinary({}).buffer
  } finally {
    module.destroy()
  }
}

if (import.meta.main) writeFileSync(BINARY, await assembleKernel())
