import { formatNumber, useLanguage, useMessages } from '@eip/theme'
import { UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { categoryPathOf, categoryText } from './category-path.ts'
import { categoryRows } from './category-tree.ts'
import type { FacetChoice } from './facet-choice.ts'
import classes from './facet-panel.module.css'
import { categoryChosen, valuesOf } from './filters.ts'
import { searchMessages } from './search-messages.ts'
import type { Facet } from './use-results.ts'

type CategoryFacetProps = FacetChoice & Readonly<{ facet: Extract<Facet, { kind: 'values' }> }>

const shownAtFirst = 10

/** The way down to the chosen category, and the steps below it. */
export function CategoryFacet({ facet: { values }, filters, choose }: CategoryFacetProps) {
  const { language } = useLanguage()
  const t = useMessages(searchMessages)
  const [isWhole, setWhole] = useState(false)
  const [value] = valuesOf(filters, 'category')
  const chosen = value === undefined ? [] : categoryPathOf(value)
  const rows = categoryRows(values, chosen)
  const shown = isWhole ? rows : rows.slice(0, Math.max(shownAtFirst, chosen.length + 5))
  return (
    <ul className={classes.tree}>
      {chosen.length > 0 && (
        <li>
          <UnstyledButton className={classes.step ?? ''} onClick={() => choose(categoryChosen(filters, []))}>
            <span className={classes.value}>‹ {t('allCategories')}</span>
          </UnstyledButton>
        </li>
      )}
      {shown.map(({ path, name, count, depth, isChosen }) => (
        <li key={categoryText(path)} style={{ paddingInlineStart: depth * 14 }}>
          <UnstyledButton
            className={classes.step ?? ''}
            aria-current={isChosen || undefined}
            onClick={() => choose(categoryChosen(filters, isChosen ? path.slice(0, -1) : path))}
          >
            <span className={classes.value} dir="auto" title={name}>
              {name}
            </span>
            <span className={classes.count}>{formatNumber(count, language)}</span>
          </UnstyledButton>
        </li>
      ))}
      {rows.length > shown.length && (
        <li>
          <UnstyledButton className={classes.more ?? ''} onClick={() => setWhole(true)}>
            {t('more', { count: rows.length })}
          </UnstyledButton>
        </li>
      )}
    </ul>
  )
}
