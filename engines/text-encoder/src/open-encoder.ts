import { resolve } from 'node:path'
import { readArtifactHeader } from './artifact-header.ts'
import { openCatalogueEncoder } from './catalogue/open-catalogue-encoder.ts'
import type { TextEncoder } from './text-encoder.ts'
import { openModelFolder } from './transformer/model-folder-encoder.ts'
import { openTransformerArtifact } from './transformer/transformer-artifact.ts'

/**
 * Opens an encoder in this thread, which computes in it: an artefact (a directory with `encoder.json`), or a model folder as it is.
 * Fails with `text-encoder.bad-artifact` or `text-encoder.bad-model`, naming the file.
 */
export async function openEncoder(directory: string): Promise<TextEncoder> {
  const path = resolve(directory)
  const header = await readArtifactHeader(path)
  if (header === null) return openModelFolder(path)
  return header.kind === 'catalogue' ? openCatalogueEncoder(path) : openTransformerArtifact(path, header.content)
}
