import { useMessages } from '@eip/theme'
import { UnstyledButton } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { chosenOf } from './filters.ts'
import classes from './notes.module.css'
import { searchMessages } from './search-messages.ts'
import type { SearchState } from './search-state.ts'
import { useFilterNames } from './use-filter-names.ts'
import type { Open } from './use-search-state.ts'

type FilterChipsProps = Readonly<{ state: SearchState; open: Open }>

/** The chosen filters, each to be taken away. */
export function FilterChips({ state, open }: FilterChipsProps) {
  const t = useMessages(searchMessages)
  const { filterName } = useFilterNames()
  if (state.filters.length === 0) return null
  const keep = (filters: readonly string[]) => open({ ...state, filters, page: 1 }, { stays: true })
  return (
    <ul className={classes.chips} aria-label={t('chosen')}>
      {state.filters.map(chosenOf).map((chosen) => (
        <li key={chosen.filter}>
          <UnstyledButton
            className={classes.chip ?? ''}
            aria-label={t('remove', { name: filterName(chosen) })}
            onClick={() => keep(state.filters.filter((filter) => filter !== chosen.filter))}
          >
            <span dir="auto">{filterName(chosen)}</span>
            <IconX size={14} aria-hidden />
          </UnstyledButton>
        </li>
      ))}
      {state.filters.length > 1 && (
        <li>
          <UnstyledButton className={classes.quiet ?? ''} onClick={() => keep([])}>
            {t('clearAll')}
          </UnstyledButton>
        </li>
      )}
    </ul>
  )
}
