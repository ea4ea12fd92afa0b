export type { ArtifactStore } from './artifact-store.port.ts'
export { artifactsFailure } from './artifacts-failure.ts'
