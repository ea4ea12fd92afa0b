import type { SearchHit } from '@eip/contracts'
import { formatMoney, formatNumber, ProductPicture, useLanguage, useMessages } from '@eip/theme'
import { Checkbox, Text, UnstyledButton } from '@mantine/core'
import type { ReactNode } from 'react'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import classes from './catalogue.module.css'
import { catalogueMessages } from './catalogue-messages.ts'

type ProductsTableProps = Readonly<{
  hits: readonly SearchHit[] | undefined
  failure: unknown
  onRetry: () => void
  onOpen: (id: string) => void
  /** null: nothing can be chosen. */
  chosen: ReadonlyMap<string, SearchHit> | null
  onToggle: (hit: SearchHit) => void
  empty: ReactNode
}>

/** The products of one page. They stand in the order that was asked for: it is that of all of them, not of this page alone. */
export function ProductsTable({ hits, failure, onRetry, onOpen, chosen, onToggle, empty }: ProductsTableProps) {
  const t = useMessages(catalogueMessages)
  const columns = useColumns(onOpen)
  const choice: Column<SearchHit> = {
    ...{ key: 'choice', title: '', width: 1 },
    cell: (hit) => (
      <Checkbox
        size="xs"
        aria-label={t('select', { title: nameOf(hit) })}
        checked={chosen?.has(hit.id) ?? false}
        onChange={() => onToggle(hit)}
      />
    ),
  }
  return (
    <DataTable
      label={t('title')}
      rows={hits}
      columns={chosen === null ? columns : [choice, ...columns]}
      rowKey={({ id }) => id}
      failure={failure}
      onRetry={onRetry}
      empty={empty}
    />
  )
}

const longestName = 80
const nameOf = ({ title }: SearchHit): string => title.slice(0, longestName).toWellFormed()

function useColumns(onOpen: (id: string) => void): readonly Column<SearchHit>[] {
  const t = useMessages(catalogueMessages)
  const { language } = useLanguage()
  const dash = t('unset')
  const text = (value: string | null) => (
    <Text size="sm" lineClamp={2} dir="auto" miw={90} maw="12rem">
      {value ?? dash}
    </Text>
  )
  return [
    {
      ...{ key: 'product', title: t('product'), width: '44%' },
      cell: (hit) => (
        <UnstyledButton className={classes.product} onClick={() => onOpen(hit.id)}>
          <span className={classes.picture}>
            <ProductPicture title={hit.title} categoryPath={hit.categoryPath} image={hit.image} />
          </span>
          <span className={classes.what}>
            <span className={classes.title} dir="auto">
              {hit.title}
            </span>
            <span className={classes.faint}>{hit.id}</span>
          </span>
        </UnstyledButton>
      ),
    },
    { ...{ key: 'brand', title: t('brand') }, cell: ({ brand }) => text(brand) },
    { ...{ key: 'category', title: t('category') }, cell: ({ categoryPath }) => text(categoryPath.at(-1) ?? null) },
    {
      ...{ key: 'price', title: t('price'), isNumber: true },
      cell: ({ price }) => (price === null ? dash : price.amount === 0 ? t('free') : formatMoney(price, language)),
    },
    {
      ...{ key: 'rating', title: t('rating'), isNumber: true },
      cell: ({ rating }) =>
        rating === null
          ? dash
          : `${formatNumber(rating.average, language, { minimumFractionDigits: 1, maximumFractionDigits: 1 })} (${formatNumber(rating.count, language)})`,
    },
    { ...{ key: 'language', title: t('language') }, cell: (hit) => hit.language ?? dash },
  ]
}
