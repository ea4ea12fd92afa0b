import type { Facet } from '@eip/contracts'
import { formatNumber, useLanguage, useMessages } from '@eip/theme'
import { Button, Group, MultiSelect, Select } from '@mantine/core'
import { IconFilterOff } from '@tabler/icons-react'
import classes from './catalogue.module.css'
import { catalogueMessages } from './catalogue-messages.ts'
import { type FilterField, filterFields, type SortOrder, sortOrders, valuesOf, withValues } from './catalogue-state.ts'

const orderNames = {
  relevance: 'byRelevance',
  newest: 'byNewest',
  popularity: 'byPopularity',
  rating: 'byRating',
  price: 'byPrice',
  '-price': 'byHighPrice',
} as const satisfies Record<SortOrder, string>

type CatalogueFiltersProps = Readonly<{
  facets: readonly Facet[]
  filters: readonly string[]
  sort: SortOrder
  onFilters: (filters: readonly string[]) => void
  onSort: (sort: SortOrder) => void
}>

/** What the list is narrowed to, a field each with its counts, and how it is ordered. */
export function CatalogueFilters({ facets, filters, sort, onFilters, onSort }: CatalogueFiltersProps) {
  const t = useMessages(catalogueMessages)
  return (
    <div className={classes.filters}>
      {filterFields.map((field) => (
        <FieldFilter
          key={field}
          field={field}
          facet={facets.find(({ name }) => name === field)}
          chosen={valuesOf(filters, field)}
          onChoose={(values) => onFilters(withValues(filters, field, values))}
        />
      ))}
      <Select
        size="xs"
        label={t('sort')}
        allowDeselect={false}
        data={sortOrders.map((value) => ({ value, label: t(orderNames[value]) }))}
        value={sort}
        onChange={(value) => onSort(sortOrders.find((order) => order === value) ?? 'relevance')}
      />
      {filters.length > 0 && (
        <Group align="flex-end">
          <Button
            size="xs"
            variant="subtle"
            leftSection={<IconFilterOff size={14} aria-hidden />}
            onClick={() => onFilters([])}
          >
            {t('clearFilters')}
          </Button>
        </Group>
      )}
    </div>
  )
}

type FieldFilterProps = Readonly<{
  field: FilterField
  facet: Facet | undefined
  chosen: readonly string[]
  onChoose: (values: readonly string[]) => void
}>

/** Values to choose any of. The chosen ones stay in view, also where nothing is counted for them. */
function FieldFilter({ field, facet, chosen, onChoose }: FieldFilterProps) {
  const t = useMessages(catalogueMessages)
  const { language } = useLanguage()
  const counts = new Map(facet?.kind === 'values' ? facet.values.map(({ value, count }) => [value, count]) : [])
  const values = [...chosen.filter((value) => !counts.has(value)), ...counts.keys()]
  return (
    <MultiSelect
      size="xs"
      label={t(field)}
      placeholder={chosen.length === 0 ? t('any') : ''}
      classNames={{ inputField: classes.type ?? '' }}
      searchable
      clearable
      hidePickedOptions={false}
      maxDropdownHeight={320}
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
      nothingFoundMessage={t('noSuchValue')}
      data={values}
      value={[...chosen]}
      onChange={onChoose}
      renderOption={({ option }) => (
        <span className={classes.option}>
          <bdi>{option.label}</bdi>
          <small>{formatNumber(counts.get(option.value) ?? 0, language)}</small>
        </span>
      )}
    />
  )
}
