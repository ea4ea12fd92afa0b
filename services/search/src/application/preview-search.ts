import { type SearchContract, type SearchOutput, searchFailure } from '@eip/contracts'
import { type Policy, parsePolicy } from '@eip/engine-ranking'
import { isFailure } from '@eip/kernel'
import type { Call, ParsedInputOf } from '@eip/rpc'
import { parseQuestion } from '../domain/search-question.ts'
import { composeAnswer } from './compose-answer.ts'
import { type ListedBy, type ListNeeds, listHits } from './list-hits.ts'
import type { LoadedEncoder } from './serving-encoder.ts'
import type { ServingPolicy } from './serving-policy.ts'

export type PreviewNeeds = ListNeeds & Readonly<{ policy: Pick<ServingPolicy, 'current'> }>

type PreviewRequest = ParsedInputOf<SearchContract['preview']>

/** What a preview is made by. Fails with `search.bad-policy` or `search.no-such-encoder`. */
export const listedBy =
  (needs: PreviewNeeds) =>
  async ({ policy, encoder }: Pick<PreviewRequest, 'policy' | 'encoder'>): Promise<ListedBy> => ({
    policy: policy === undefined ? needs.policy.current() : draftOf(policy),
    encoder: encoder === undefined ? needs.encoder.current() : await readerOf(needs, encoder),
  })

/** A search as it would be by an unpublished policy or another encoder. Nothing is kept, and no query counted. */
export function previewSearch(needs: PreviewNeeds) {
  const list = listHits(needs)
  const by = listedBy(needs)
  const compose = composeAnswer({ ...needs, kept: { keep: () => {} } })
  return async (request: PreviewRequest, call: Call): Promise<SearchOutput> => {
    const question = parseQuestion(request)
    const result = await list(question, call, await by(request))
    return compose(result, { question, request }, call)
  }
}

function draftOf(document: NonNullable<PreviewRequest['policy']>): Policy {
  try {
    return parsePolicy({ id: 'draft', version: 1, schema: document.guards === undefined ? 1 : 2, ...document })
  } catch (error) {
    if (isFailure(error)) throw searchFailure('search.bad-policy', error.message, error.details)
    throw error
  }
}

async function readerOf({ encoder }: PreviewNeeds, name: string): Promise<LoadedEncoder | null> {
  if (name === 'none') return null
  const loaded = await encoder.named(name)
  if (loaded !== null) return loaded
  throw searchFailure('search.no-such-encoder', `no encoder "${name}" serves or stands by`, { encoder: name })
}
