import { formatNumber, useLanguage, useMessages } from '@eip/theme'
import { attributeName, attributeNames } from '../attribute-names.ts'
import { categoryName } from './category-path.ts'
import { type Chosen, rangeOf } from './filters.ts'
import { searchMessages } from './search-messages.ts'

const ownNames = ['category', 'brand', 'price', 'rating', 'seller', 'language', 'currency', 'id'] as const
type OwnName = (typeof ownNames)[number]
const isOwn = (field: string): field is OwnName => (ownNames as readonly string[]).includes(field)

/** What fields and filters are called. Attributes that are unusual are called what the catalogue calls them. */
export function useFilterNames() {
  const { language } = useLanguage()
  const t = useMessages(searchMessages)
  const named = useMessages(attributeNames)
  const number = (value: number) => formatNumber(value, language)

  const fieldName = (field: string): string => {
    if (isOwn(field)) return t(field)
    return attributeName(field.replace(/^attributes\./, ''), named)
  }
  const rangeName = (field: string, from: number | null, to: number | null): string => {
    if (field === 'rating') {
      if (to === null) return t('starsUp', { stars: from ?? 0 })
      return t('starsBetween', { from: from ?? 0, to })
    }
    if (from === null) return t('priceUpTo', { to: number(to ?? 0) })
    return to === null
      ? t('priceFrom', { from: number(from) })
      : t('priceBetween', { from: number(from), to: number(to) })
  }
  const filterName = ({ filter, field, value }: Chosen): string => {
    const range = field === 'price' || field === 'rating' ? rangeOf([filter], field) : null
    if (range) return `${fieldName(field)}: ${rangeName(field, range.from, range.to)}`
    return field === 'category' ? categoryName(value) : `${fieldName(field)}: ${value}`
  }
  return { fieldName, rangeName, filterName }
}
