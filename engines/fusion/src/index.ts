export { agreement } from './agreement.ts'
export { fuse, type RetrievedScores, type Shares } from './fuse.ts'
export { byMaximum, type FusionMethod, normalizations } from './normalization.ts'
export {
  type FusionProfile,
  type FusionSignal,
  type FusionSignals,
  fusionProfiles,
  type VectorWeight,
  vectorWeight,
} from './vector-weight.ts'
