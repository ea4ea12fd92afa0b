import { formatMajorUnits, formatNumber, useLanguage, useMessages } from '@eip/theme'
import { Button, UnstyledButton } from '@mantine/core'
import { type FormEvent, useEffect, useState } from 'react'
import type { FacetChoice } from './facet-choice.ts'
import classes from './facet-panel.module.css'
import { type Range, rangeChosen, rangeOf } from './filters.ts'
import { searchMessages } from './search-messages.ts'
import type { Facet } from './use-results.ts'

type PriceFacetProps = FacetChoice &
  Readonly<{
    facet: Extract<Facet, { kind: 'ranges' }>
    /** null: several, or unknown; amounts then stand without one. */
    currency: string | null
  }>

/** "20,5" and "1 200" as people type them; null for what is no amount. */
function amountOf(text: string): number | null {
  const value = Number(text.replace(/[\s_]/g, '').replace(',', '.'))
  return text.trim() === '' || !Number.isFinite(value) || value < 0 ? null : value
}

const textOf = (bound: number | null | undefined) => (bound === null || bound === undefined ? '' : String(bound))

/** The two ends as they are typed; they follow the address. */
function useTypedRange(chosen: Range | null) {
  const [ends, setEnds] = useState({ from: '', to: '' })
  const [from, to] = [textOf(chosen?.from), textOf(chosen?.to)]
  useEffect(() => setEnds({ from, to }), [from, to])
  return [ends, setEnds] as const
}

/** A price range: steps to click on, and two ends to type. Filters compare whole units of the currency, not its minor ones. */
export function PriceFacet({ facet, currency, filters, choose }: PriceFacetProps) {
  const { language } = useLanguage()
  const t = useMessages(searchMessages)
  const chosen = rangeOf(filters, facet.name)
  const [ends, setEnds] = useTypedRange(chosen)
  const choosePrice = (range: Range) => choose(rangeChosen(filters, facet.name, range))
  const amount = (value: number) =>
    currency === null ? formatNumber(value, language) : formatMajorUnits(value, currency, language)
  const label = ({ from, to }: Range) => {
    if (from === null) return t('priceUpTo', { to: amount(to ?? 0) })
    return to === null
      ? t('priceFrom', { from: amount(from) })
      : t('priceBetween', { from: amount(from), to: amount(to) })
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    choosePrice({ from: amountOf(ends.from), to: amountOf(ends.to) })
  }
  return (
    <div className={classes.fields}>
      <ul className={classes.tree}>
        {facet.ranges.map(({ from, to, count }) => {
          const isChosen = chosen !== null && chosen.from === from && chosen.to === to
          return (
            <li key={`${from}..${to}`}>
              <UnstyledButton
                className={classes.step ?? ''}
                aria-pressed={isChosen}
                onClick={() => choosePrice(isChosen ? { from: null, to: null } : { from, to })}
              >
                <span className={classes.value}>{label({ from, to })}</span>
                <span className={classes.count}>{formatNumber(count, language)}</span>
              </UnstyledButton>
            </li>
          )
        })}
      </ul>
      <form className={classes.range} onSubmit={submit}>
        <input
          className={classes.end}
          inputMode="decimal"
          aria-label={t('least')}
          placeholder={textOf(facet.minimum === null ? null : Math.floor(facet.minimum))}
          value={ends.from}
          onChange={({ currentTarget: { value } }) => setEnds({ ...ends, from: value })}
        />
        <span aria-hidden>–</span>
        <input
          className={classes.end}
          inputMode="decimal"
          aria-label={t('most')}
          placeholder={textOf(facet.maximum === null ? null : Math.ceil(facet.maximum))}
          value={ends.to}
          onChange={({ currentTarget: { value } }) => setEnds({ ...ends, to: value })}
        />
        <Button type="submit" size="xs" variant="default" className={classes.apply ?? ''}>
          {t('apply')}
        </Button>
      </form>
    </div>
  )
}
