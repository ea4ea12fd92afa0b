import { formatNumber, useLanguage, useMessages } from '@eip/theme'
import { searchMessages } from './search-messages.ts'
import classes from './search-page.module.css'
import type { Results } from './use-results.ts'

type ResultHeadingProps = Readonly<{ heading: string; results: Results | undefined }>

/** What was asked, and how much there is; said aloud when it changes. */
export function ResultHeading({ heading, results }: ResultHeadingProps) {
  const { language } = useLanguage()
  const t = useMessages(searchMessages)
  const { total = 0, reachable = 0 } = results ?? {}
  return (
    <div className={classes.heading}>
      <h1 dir="auto">{heading}</h1>
      <p role="status" className={classes.total}>
        {results && t('found', { count: total })}
        {total > reachable && ` (${t('reachable', { count: formatNumber(reachable, language) })})`}
      </p>
    </div>
  )
}
