import type { PolicyDocument } from '@eip/contracts'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { listed } from '../explorer/preview-request.ts'

/** A search by the published policy (null) or by a document, with its grades where it is judged. */
export const usePreview = (query: string, policy: PolicyDocument | null) =>
  useQuery({
    queryKey: ['preview', query, policy],
    placeholderData: keepPreviousData,
    async queryFn({ signal }) {
      const asked = { query, size: listed, facets: [], explain: true, ...(policy && { policy: { ...policy } }) }
      const answer = await api.previewSearch(asked, { signal })
      const ids = answer.hits.map(({ id }) => id)
      const judged = query === '' ? null : await api.judge({ query, ids }, { signal })
      return { answer, ndcg: judged?.['ndcg@10'] ?? null }
    },
  })

export type Preview = NonNullable<ReturnType<typeof usePreview>['data']>
