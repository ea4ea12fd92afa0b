import { useMessages } from '@eip/theme'
import { UnstyledButton } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import classes from './notes.module.css'
import { searchMessages } from './search-messages.ts'
import type { SearchState } from './search-state.ts'
import type { Results } from './use-results.ts'
import type { Open } from './use-search-state.ts'

type AnswerNotesProps = Readonly<{ state: SearchState; results: Results; open: Open }>

const relaxedKeys = { terms: 'relaxedTerms', wishes: 'relaxedWishes', filters: 'relaxedFilters' } as const
const degradedKeys: Readonly<Record<string, 'degradedVectors' | 'degradedFacets' | 'degradedExplanation'>> = {
  vectors: 'degradedVectors',
  facets: 'degradedFacets',
  explanation: 'degradedExplanation',
}

/** What the shopper should know of the answer: a better spelling, what was given up, what is missing. */
export function AnswerNotes({ state, results, open }: AnswerNotesProps) {
  const t = useMessages(searchMessages)
  const { query, relaxed, degraded } = results
  const notes = [
    ...(query.isTruncated ? [t('truncated')] : []),
    ...relaxed.map((part) => t(relaxedKeys[part])),
    ...degraded.map(({ part }) => {
      const key = degradedKeys[part]
      return key ? t(key) : t('degradedOther', { part })
    }),
  ]
  return (
    <>
      {query.didYouMean && (
        <p className={classes.spelling}>
          {t('didYouMean')}{' '}
          <UnstyledButton
            className={classes.better ?? ''}
            onClick={() => open({ ...state, q: query.didYouMean ?? '', page: 1 })}
          >
            <span dir="auto">{query.didYouMean}</span>
          </UnstyledButton>
        </p>
      )}
      {notes.map((note) => (
        <p key={note} className={classes.told}>
          <IconInfoCircle size={17} aria-hidden />
          <span>{note}</span>
        </p>
      ))}
    </>
  )
}
