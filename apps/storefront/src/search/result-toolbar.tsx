import { useMessages } from '@eip/theme'
import { NativeSelect, Switch } from '@mantine/core'
import type { ReactNode } from 'react'
import { searchMessages } from './search-messages.ts'
import classes from './search-page.module.css'
import { type SearchState, sortOrders } from './search-state.ts'
import type { Open } from './use-search-state.ts'

type ResultToolbarProps = Readonly<{ state: SearchState; open: Open; filters: ReactNode }>

export function ResultToolbar({ state, open, filters }: ResultToolbarProps) {
  const t = useMessages(searchMessages)
  return (
    <div className={classes.toolbar}>
      <div className={classes.phone}>{filters}</div>
      <NativeSelect
        aria-label={t('sort')}
        size="sm"
        className={classes.sort ?? ''}
        data={sortOrders.map((order) => ({ value: order, label: t(`sort.${order}`) }))}
        value={state.sort}
        onChange={({ currentTarget: { value } }) =>
          open({ ...state, sort: sortOrders.find((order) => order === value) ?? 'relevance', page: 1 }, { stays: true })
        }
      />
      <Switch
        className={classes.switch ?? ''}
        label={t('scores')}
        checked={state.scores}
        onChange={({ currentTarget: { checked } }) => open({ ...state, scores: checked }, { stays: true })}
      />
    </div>
  )
}
