import { EmptyState, useMessages } from '@eip/theme'
import { Button } from '@mantine/core'
import { IconSearchOff } from '@tabler/icons-react'
import { searchMessages } from './search-messages.ts'
import type { SearchState } from './search-state.ts'
import { shortened } from './shortened.ts'
import type { Open } from './use-search-state.ts'

type NoResultsProps = Readonly<{ state: SearchState; isBeyond: boolean; open: Open }>

/** Nothing was found, or the list ends before this page; either way there is a way on. */
export function NoResults({ state, isBeyond, open }: NoResultsProps) {
  const t = useMessages(searchMessages)
  if (isBeyond)
    return (
      <EmptyState
        title={t('noSuchPage', { page: state.page })}
        heading="h1"
        icon={IconSearchOff}
        actions={<Button onClick={() => open({ ...state, page: 1 })}>{t('firstPage')}</Button>}
      >
        {t('noSuchPageText')}
      </EmptyState>
    )
  const shown = shortened(state.q)
  return (
    <EmptyState
      title={shown.trim() === '' ? t('nothingHere') : t('nothing', { query: shown })}
      heading="h1"
      icon={IconSearchOff}
      actions={
        <>
          {state.filters.length > 0 && (
            <Button variant="default" onClick={() => open({ ...state, filters: [], page: 1 })}>
              {t('clearAll')}
            </Button>
          )}
          <Button onClick={() => open({ scores: state.scores })}>{t('everything')}</Button>
        </>
      }
    >
      {t('nothingText')}
    </EmptyState>
  )
}
