export { type Clock, systemClock } from './clock.ts'
export { Failure, type FailureDeclaration, type FailureKind, failures, isFailure } from './failure.ts'
export { newId } from './id.ts'
export { type Random, seededRandom } from './random.ts'
