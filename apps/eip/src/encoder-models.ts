import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ArtifactStore } from '@eip/artifacts'
import { type EncoderDescription, packModelFolder } from '@eip/engine-text-encoder'
import { artifactKind } from '@eip/service-embedding'

/** Puts a model folder into the artefacts, under the id that its content gives it; one that is there already stays. */
export async function addModel(artifacts: ArtifactStore, folder: string): Promise<EncoderDescription> {
  const aside = await mkdtemp(join(tmpdir(), 'eip-model-'))
  try {
    const packed = join(aside, 'artifact')
    const description = await packModelFolder(folder, packed)
    await artifacts.put(artifactKind, description.encoder, packed)
    return description
  } finally {
    await rm(aside, { recursive: true, force: true })
  }
}

/** What ENCODER names: `auto` and `manual` stay, the id of an artefact too, and a model folder becomes one. */
export async function configuredEncoder(encoder: string, artifacts: ArtifactStore): Promise<string> {
  if (encoder === 'auto' || encoder === 'manual') return encoder
  if ((await artifacts.list(artifactKind)).includes(encoder)) return encoder
  return (await addModel(artifacts, encoder)).encoder
}
