import type { PolicyDocument, SearchOutput } from '@eip/contracts'
import { api, useApiQuery } from '../../api.ts'
import type { ExplorerState, Side } from './explorer-state.ts'
import { type PreviewRequest, previewRequest, ranksByPolicy } from './preview-request.ts'

/** What one side answers. */
export type SideAnswer = Readonly<{
  /** null: it cannot be asked yet, or nothing is asked. */
  request: PreviewRequest | null
  answer: SearchOutput | undefined
  /** From this browser and back. */
  tookMs: number | undefined
  grades: Readonly<Record<string, number>>
  /** null: the query is not judged. */
  ndcg: number | null
  /** The draft that was chosen is gone. */
  lacksDraft: boolean
  failure: unknown
  retry: () => void
}>

/** The document of the policy that a side ranks by; undefined: the published one. */
function useDocument(side: Side) {
  const isNeeded = ranksByPolicy(side)
  const version = /^v(\d+)$/.exec(side.policy)?.[1]
  const list = useApiQuery(['policies'], (signal) => api.listPolicies({}, { signal }))
  const earlier = useApiQuery(
    ['policies', 'version', Number(version ?? 0)],
    (signal) => api.getPolicy({ version: Number(version) }, { signal }),
    { enabled: isNeeded && version !== undefined },
  )
  if (!isNeeded || side.policy === 'published') return { isReady: true, document: undefined }
  const asked = version === undefined ? list : earlier
  const document: PolicyDocument | undefined =
    version === undefined ? list.data?.draft?.document : earlier.data?.document
  const lacksDraft = version === undefined && list.data?.draft === null
  return { isReady: document !== undefined, document, lacksDraft, failure: asked.error, retry: asked.refetch }
}

type Asked = Pick<ExplorerState, 'q' | 'region'>

/** Lists one side, and judges its list where judgments are loaded. */
export function useSide({ q: query, region }: Asked, side: Side, isAsked: boolean): SideAnswer {
  const { isReady, document, lacksDraft = false, failure, retry } = useDocument(side)
  const request = isAsked && isReady ? previewRequest(query, region, side, document) : null
  const listing = useApiQuery(
    ['explorer', request],
    async (signal) => {
      const begun = performance.now()
      const answer = await api.previewSearch(request!, { signal })
      return { answer, tookMs: performance.now() - begun }
    },
    { enabled: request !== null },
  )
  const ids = (listing.data?.answer.hits ?? []).map(({ id }) => id).filter((id) => id.length <= 128)
  const judged = query.trim()
  const judging = useApiQuery(
    ['judgments', 'judge', judged, ids],
    (signal) => api.judge({ query: judged, ids }, { signal }),
    { enabled: listing.data !== undefined && judged !== '' },
  )
  return {
    ...{ request, answer: listing.data?.answer, tookMs: listing.data?.tookMs, lacksDraft },
    grades: judging.data?.grades ?? {},
    ndcg: judging.data?.['ndcg@10'] ?? null,
    failure: failure ?? listing.error,
    retry: () => void (failure && retry ? retry() : listing.refetch()),
  }
}
