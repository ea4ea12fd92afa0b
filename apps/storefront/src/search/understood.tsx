import { formatMajorUnits, useLanguage, useMessages } from '@eip/theme'
import { UnstyledButton } from '@mantine/core'
import { IconSparkles, IconX } from '@tabler/icons-react'
import { categoryName } from './category-path.ts'
import classes from './notes.module.css'
import { searchMessages } from './search-messages.ts'
import type { SearchState } from './search-state.ts'
import type { Results } from './use-results.ts'
import type { Open } from './use-search-state.ts'
import { withoutWords } from './without-words.ts'

type Slot = Results['query']['slots'][number]
type UnderstoodProps = Readonly<{ state: SearchState; results: Results; open: Open }>

/** What a slot says: a price in its currency, a category by its own name, anything else as the catalogue says it. */
function useSlotName() {
  const { language } = useLanguage()
  const t = useMessages(searchMessages)
  return ({ kind, value, range }: Slot): string => {
    if (kind === 'category') return categoryName(value)
    if (kind !== 'price' || !range?.unit || !/^[A-Z]{3}$/.test(range.unit)) return value
    const { minimum, maximum, unit } = range
    const price = (major: number) => formatMajorUnits(major, unit, language)
    if (minimum === null) return maximum === null ? value : t('priceUpTo', { to: price(maximum) })
    return maximum === null
      ? t('priceFrom', { from: price(minimum) })
      : t('priceBetween', { from: price(minimum), to: price(maximum) })
  }
}

/** What was read in the query. What filters can be taken back: its words leave the query; or all words are taken as they stand. */
export function Understood({ state, results, open }: UnderstoodProps) {
  const t = useMessages(searchMessages)
  const slotName = useSlotName()
  const { text, slots } = results.query
  const seen = slots.filter(({ effect }) => effect !== 'none')
  if (state.exact)
    return (
      <p className={classes.note}>
        {t('isExact')}{' '}
        <UnstyledButton className={classes.quiet ?? ''} onClick={() => open({ ...state, exact: false, page: 1 })}>
          {t('inexact')}
        </UnstyledButton>
      </p>
    )
  if (seen.length === 0) return null
  return (
    <div className={classes.understood}>
      <span className={classes.lead} id="understood">
        <IconSparkles size={15} aria-hidden /> {t('understood')}
      </span>
      <ul className={classes.chips} aria-labelledby="understood">
        {seen.map((slot) => (
          <li key={`${slot.start}-${slot.kind}`}>
            {slot.effect === 'filter' ? (
              <UnstyledButton
                className={classes.chip ?? ''}
                aria-label={`${slotName(slot)}: ${t('forget', { words: slot.surface })}`}
                title={t('forget', { words: slot.surface })}
                onClick={() => open({ ...state, q: withoutWords(text, slot), page: 1 })}
              >
                <span dir="auto">{slotName(slot)}</span>
                <IconX size={14} aria-hidden />
              </UnstyledButton>
            ) : (
              <span className={classes.wish}>
                <span dir="auto">{slotName(slot)}</span> · {t('preferred')}
              </span>
            )}
          </li>
        ))}
        <li>
          <UnstyledButton className={classes.quiet ?? ''} onClick={() => open({ ...state, exact: true, page: 1 })}>
            {t('exact')}
          </UnstyledButton>
        </li>
      </ul>
    </div>
  )
}
