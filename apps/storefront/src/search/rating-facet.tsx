import { formatNumber, useLanguage, useMessages } from '@eip/theme'
import { useId } from 'react'
import type { FacetChoice } from './facet-choice.ts'
import classes from './facet-panel.module.css'
import { rangeChosen, rangeOf } from './filters.ts'
import { searchMessages } from './search-messages.ts'
import { useFilterNames } from './use-filter-names.ts'
import type { Facet } from './use-results.ts'

type RatingFacetProps = FacetChoice & Readonly<{ facet: Extract<Facet, { kind: 'ranges' }> }>

/** One range at a time; the best first. */
export function RatingFacet({ facet: { name, ranges }, filters, choose }: RatingFacetProps) {
  const { language } = useLanguage()
  const t = useMessages(searchMessages)
  const { fieldName, rangeName } = useFilterNames()
  const group = useId()
  const chosen = rangeOf(filters, name)
  const options = [...ranges].reverse()
  return (
    <fieldset className={classes.fields}>
      <legend className={classes.legend}>{fieldName(name)}</legend>
      <label className={classes.choice}>
        <input
          type="radio"
          name={group}
          checked={chosen === null}
          onChange={() => choose(rangeChosen(filters, name, { from: null, to: null }))}
        />
        <span className={classes.value}>{t('starsAny')}</span>
      </label>
      {options.map(({ from, to, count }) => (
        <label key={`${from}..${to}`} className={classes.choice}>
          <input
            type="radio"
            name={group}
            checked={chosen !== null && chosen.from === from && chosen.to === to}
            onChange={() => choose(rangeChosen(filters, name, { from, to }))}
          />
          <span className={classes.value}>{rangeName(name, from, to)}</span>
          <span className={classes.count}>{formatNumber(count, language)}</span>
        </label>
      ))}
    </fieldset>
  )
}
