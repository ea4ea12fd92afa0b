import type { ArtifactStore } from '@eip/artifacts'
import type { TextEncoder } from '@eip/engine-text-encoder'
import { failures } from '@eip/kernel'

const failure = failures({
  'embedding.other-encoder': {
    kind: 'conflict',
    cure: 'Remove the artefact, and put the encoder under the id that it has by its content.',
  },
})

export const artifactKind = 'encoder'

/** Opens what an artefact's directory holds, best in a thread of its own. */
export type OpenEncoder = (directory: string) => Promise<TextEncoder>

/** The encoder of that id, its files checked. Fails as the store and the encoder do, and with `embedding.other-encoder`. */
export async function openArtifact(
  { artifacts, openEncoder }: Readonly<{ artifacts: ArtifactStore; openEncoder: OpenEncoder }>,
  encoder: string,
): Promise<TextEncoder> {
  const opened = await openEncoder(await artifacts.open(artifactKind, encoder))
  if (opened.description.encoder === encoder) return opened
  await opened.close()
  throw failure(
    'embedding.other-encoder',
    `the artefact "${encoder}" holds the encoder "${opened.description.encoder}"`,
  )
}
