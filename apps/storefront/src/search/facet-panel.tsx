import { useMessages } from '@eip/theme'
import { Skeleton } from '@mantine/core'
import { CategoryFacet } from './category-facet.tsx'
import type { FacetChoice } from './facet-choice.ts'
import classes from './facet-panel.module.css'
import { fieldsOf } from './filters.ts'
import { PriceFacet } from './price-facet.tsx'
import { RatingFacet } from './rating-facet.tsx'
import { searchMessages } from './search-messages.ts'
import type { SearchState } from './search-state.ts'
import { useFilterNames } from './use-filter-names.ts'
import { type Facet, type Results, useOpenFacets } from './use-results.ts'
import type { Open } from './use-search-state.ts'
import { ValuesFacet } from './values-facet.tsx'

type FacetPanelProps = Readonly<{ state: SearchState; results: Results | undefined; open: Open }>

// More would be a wall; the narrower the search, the more of them are left out by the gateway itself.
const openedAttributes = 3

/** What to filter by, in the order that helps: where, which brand, how dear, how good, then what the products have. */
export function FacetPanel({ state, results, open }: FacetPanelProps) {
  const t = useMessages(searchMessages)
  const { fieldName } = useFilterNames()
  const openFacets = useOpenFacets(state)
  const choice: FacetChoice = {
    filters: state.filters,
    choose: (filters) => open({ ...state, filters, page: 1 }, { stays: true }),
  }
  if (results === undefined) return <FacetSkeleton />
  const facets = merged(results.facets, openFacets)
  const attributes = facets.filter(({ name }) => name.startsWith('attributes.')).map(({ name }) => name)
  const active = new Set(fieldsOf(state.filters))
  return (
    <div className={classes.panel}>
      {facets.map((facet) => {
        const isOpen = active.has(facet.name) || attributes.indexOf(facet.name) < openedAttributes
        return (
          <details key={facet.name} open={isOpen} className={classes.group}>
            <summary className={classes.name}>
              <span dir="auto">{facet.name === 'category' ? t('category') : fieldName(facet.name)}</span>
            </summary>
            <FacetBody facet={facet} currency={currencyOf(results)} {...choice} />
          </details>
        )
      })}
    </div>
  )
}

function FacetBody({ facet, currency, ...choice }: FacetChoice & Readonly<{ facet: Facet; currency: string | null }>) {
  if (facet.kind === 'ranges')
    return facet.name === 'price' ? (
      <PriceFacet facet={facet} currency={currency} {...choice} />
    ) : (
      <RatingFacet facet={facet} {...choice} />
    )
  if (facet.name === 'category') return <CategoryFacet facet={facet} {...choice} />
  return <ValuesFacet facet={facet} {...choice} />
}

/** The counted facets; one that is filtered by, as if it were not. What was counted before it was chosen comes first. */
function merged(facets: readonly Facet[], open: ReadonlyMap<string, Facet>): readonly Facet[] {
  const names = new Set(facets.map(({ name }) => name))
  const all = [
    ...facets.map((facet) => open.get(facet.name) ?? facet),
    ...[...open.values()].filter(({ name }) => !names.has(name)),
  ]
  return all.filter((facet) => (facet.kind === 'values' ? facet.values.length > 0 : facet.ranges.length > 0))
}

/** The currency of all prices in view; null where there are several, or none. */
function currencyOf({ hits }: Results): string | null {
  const [first, ...others] = new Set(hits.flatMap(({ price }) => (price ? [price.currency] : [])))
  return first !== undefined && others.length === 0 ? first : null
}

const greyLines = [
  [88, 71, 62, 54, 80],
  [66, 90, 58, 74, 83, 49],
  [79, 60, 86, 52],
]

function FacetSkeleton() {
  return (
    <div className={classes.panel} aria-hidden>
      {greyLines.map((widths) => (
        <div key={widths.length} className={classes.group}>
          <Skeleton h={16} w="45%" mb={14} />
          {widths.map((width) => (
            <Skeleton key={width} h={12} w={`${width}%`} mb={12} />
          ))}
        </div>
      ))}
    </div>
  )
}
