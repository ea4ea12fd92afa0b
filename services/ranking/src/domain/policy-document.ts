import { isDeepStrictEqual } from 'node:util'
import { type PolicyDocument, rankingFailure } from '@eip/contracts'
import { parsePolicy } from '@eip/engine-ranking'
import { isFailure } from '@eip/kernel'

/** The one policy that a shop has, in its versions. */
export const policyId = 'default'
/** Of the document's shape. */
export const documentSchema = 2

/**
 * The document as the ranking engine reads it: every field there, none too many. Throws `ranking.bad-policy`, whose details
 * have every faulty field.
 */
export function soundDocument({ weights, features, guards }: PolicyDocument): PolicyDocument {
  try {
    const sound = { id: policyId, version: 1, weights, features }
    // A document from before there were guards is of the first shape, and ranks as it did.
    const shaped = guards === undefined ? { ...sound, schema: 1 } : { ...sound, schema: documentSchema, guards }
    const policy = parsePolicy(shaped)
    return { weights: policy.weights, features: policy.features, guards: policy.guards }
  } catch (error) {
    if (isFailure(error)) throw rankingFailure('ranking.bad-policy', error.message, error.details)
    throw error
  }
}

/** The same numbers, in whatever order they are written. */
export const isSameDocument = (one: PolicyDocument, other: PolicyDocument): boolean => isDeepStrictEqual(one, other)
