import { useMessages } from '@eip/theme'
import type { ReactNode } from 'react'
import { AnswerNotes } from './answer-notes.tsx'
import { FacetDrawer } from './facet-drawer.tsx'
import { FacetPanel } from './facet-panel.tsx'
import { FilterChips } from './filter-chips.tsx'
import { NoResults } from './no-results.tsx'
import { Paging } from './paging.tsx'
import { ResultHeading } from './result-heading.tsx'
import { ResultList } from './result-list.tsx'
import { ResultToolbar } from './result-toolbar.tsx'
import { searchMessages } from './search-messages.ts'
import classes from './search-page.module.css'
import { pageSize, type SearchState } from './search-state.ts'
import { Understood } from './understood.tsx'
import { useIsNarrow } from './use-is-narrow.ts'
import type { Results } from './use-results.ts'
import { useOpenSearch } from './use-search-state.ts'

type FoundProductsProps = Readonly<{
  state: SearchState
  /** null: the shop's entrance, which has its own, and no filters yet. */
  heading: string | null
  results: Results | undefined
  /** A failure, in words. */
  notice: ReactNode
  isWaiting: boolean
  /** The list ends before this page. */
  isBeyond: boolean
}>

/** The list with what steers it: filters, order, what was understood, paging. */
export function FoundProducts({ state, heading, results, notice, isWaiting, isBeyond }: FoundProductsProps) {
  const open = useOpenSearch()
  const isNarrow = useIsNarrow()
  const t = useMessages(searchMessages)
  const isEmpty = isBeyond || results?.hits.length === 0
  const isSteered = heading !== null && !isEmpty
  const hasPanel = isSteered && (results !== undefined || isWaiting)
  const panel = hasPanel && <FacetPanel state={state} results={results} open={open} />
  const drawer = hasPanel && isNarrow && (
    <FacetDrawer chosen={state.filters.length} total={results?.total}>
      {panel}
    </FacetDrawer>
  )
  return (
    <div className={hasPanel ? classes.columns : undefined}>
      {hasPanel && !isNarrow && (
        <aside className={classes.side} aria-label={t('filters')}>
          {panel}
        </aside>
      )}
      <section className={classes.found} aria-label={t('results')}>
        {isSteered && <ResultHeading heading={heading} results={results} />}
        {isSteered && <ResultToolbar state={state} open={open} filters={drawer} />}
        <div className={classes.notes}>
          {notice}
          {results && <Understood state={state} results={results} open={open} />}
          <FilterChips state={state} open={open} />
          {results && <AnswerNotes state={state} results={results} open={open} />}
        </div>
        {isEmpty ? (
          <NoResults state={state} isBeyond={isBeyond || state.page > 1} open={open} />
        ) : (
          (results || isWaiting) && <ResultList hits={results?.hits} shows={state.scores ? 'scores' : 'cards'} />
        )}
        {results && !isEmpty && <Paging state={state} pages={Math.ceil(results.reachable / pageSize)} />}
      </section>
    </div>
  )
}
