import { ClientFailure, FailureNotice, useMessages, usePageTitle } from '@eip/theme'
import { shopMessages } from '../shop-messages.ts'
import { categoryName } from './category-path.ts'
import { Entrance } from './entrance.tsx'
import { valuesOf } from './filters.ts'
import { FoundProducts } from './found-products.tsx'
import { searchMessages } from './search-messages.ts'
import classes from './search-page.module.css'
import { isEntrance, type SearchState } from './search-state.ts'
import { shortened } from './shortened.ts'
import { useResults } from './use-results.ts'
import { useSearchState } from './use-search-state.ts'

const isTooDeep = (failure: unknown) => failure instanceof ClientFailure && failure.code === 'search.page-too-deep'

/** What was searched for; without words, the category or brand that was chosen. */
function useHeading({ q, filters }: SearchState): string {
  const t = useMessages(searchMessages)
  const [category] = valuesOf(filters, 'category')
  const [brand] = valuesOf(filters, 'brand')
  if (q.trim() !== '') return t('resultsFor', { query: shortened(q) })
  return category === undefined ? (brand ?? t('results')) : categoryName(category)
}

export function SearchPage() {
  const state = useSearchState()
  const heading = useHeading(state)
  const shop = useMessages(shopMessages)
  const { data, error, failureReason, isPlaceholderData, isFetching, refetch } = useResults(state)
  const atEntrance = isEntrance(state)
  usePageTitle(...(atEntrance ? [] : [heading]), shop('shop'))
  const failure = error ?? failureReason
  // What was there before answers another question: where this one fails, it must not look like the answer.
  const results = failure !== null && isPlaceholderData ? undefined : data
  const isBeyond = isTooDeep(failure)
  const notice = failure !== null && !isBeyond && (
    <FailureNotice failure={failure} isRetrying={isFetching && error !== null} onRetry={() => void refetch()} />
  )
  return (
    <div className={classes.page} data-waits={isPlaceholderData || undefined}>
      {atEntrance && <Entrance results={results} />}
      <FoundProducts
        state={state}
        heading={atEntrance ? null : heading}
        results={results}
        notice={notice}
        isWaiting={results === undefined && failure === null}
        isBeyond={isBeyond}
      />
    </div>
  )
}
