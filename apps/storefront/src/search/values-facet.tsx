import { formatNumber, useLanguage, useMessages } from '@eip/theme'
import { UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import type { FacetChoice } from './facet-choice.ts'
import classes from './facet-panel.module.css'
import { toggled, valuesOf } from './filters.ts'
import { searchMessages } from './search-messages.ts'
import { useFilterNames } from './use-filter-names.ts'
import type { Facet } from './use-results.ts'

type ValuesFacetProps = FacetChoice & Readonly<{ facet: Extract<Facet, { kind: 'values' }> }>

const shownAtFirst = 7

/** Values to choose any of. The chosen ones stay in view, also where nothing is counted for them. */
export function ValuesFacet({ facet: { name, values }, filters, choose }: ValuesFacetProps) {
  const { language } = useLanguage()
  const t = useMessages(searchMessages)
  const { fieldName } = useFilterNames()
  const [isWhole, setWhole] = useState(false)
  const chosen = valuesOf(filters, name)
  const uncounted = [...chosen].filter((value) => !values.some((each) => each.value === value))
  const all = [...uncounted.map((value) => ({ value, count: 0 })), ...values]
  const shown = isWhole ? all : all.filter(({ value }, at) => at < shownAtFirst || chosen.has(value))
  return (
    <fieldset className={classes.fields}>
      <legend className={classes.legend}>{fieldName(name)}</legend>
      {shown.map(({ value, count }) => (
        <label key={value} className={classes.choice}>
          <input type="checkbox" checked={chosen.has(value)} onChange={() => choose(toggled(filters, name, value))} />
          <span className={classes.value} dir="auto" title={value}>
            {value}
          </span>
          <span className={classes.count}>{formatNumber(count, language)}</span>
        </label>
      ))}
      {all.length > shownAtFirst && (
        <UnstyledButton className={classes.more ?? ''} aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? t('fewer') : t('more', { count: all.length })}
        </UnstyledButton>
      )}
    </fieldset>
  )
}
