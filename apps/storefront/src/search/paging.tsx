import { formatNumber, useLanguage, useMessages } from '@eip/theme'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { pageNumbers } from './page-numbers.ts'
import classes from './paging.module.css'
import { searchMessages } from './search-messages.ts'
import { paramsOf, type SearchState } from './search-state.ts'

type PagingProps = Readonly<{ state: SearchState; pages: number }>

/** Links, so that a page can be opened beside, kept and sent. */
export function Paging({ state, pages }: PagingProps) {
  const { language } = useLanguage()
  const t = useMessages(searchMessages)
  if (pages < 2) return null
  const { page } = state
  const link = (to: number, label: string, content: ReactNode) => (
    <Link
      to="/"
      search={paramsOf({ ...state, page: to })}
      className={classes.page ?? ''}
      aria-label={label}
      aria-current={to === page ? 'page' : undefined}
      activeProps={{ className: '' }}
    >
      {content}
    </Link>
  )
  let gaps = 0
  return (
    <nav aria-label={t('pages')} className={classes.pages}>
      {page > 1 && link(page - 1, t('previous'), <IconChevronLeft size={18} aria-hidden />)}
      {pageNumbers(page, pages).map((each) =>
        each === null ? (
          <span key={`gap ${gaps++}`} className={classes.gap} aria-hidden>
            …
          </span>
        ) : (
          <span key={each}>{link(each, t('page', { page: each }), formatNumber(each, language))}</span>
        ),
      )}
      {page < pages && link(page + 1, t('next'), <IconChevronRight size={18} aria-hidden />)}
    </nav>
  )
}
