import { defineMessages, EmptyState, FailureNotice, useMessages } from '@eip/theme'
import { Skeleton, Table } from '@mantine/core'
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react'
import { type KeyboardEvent, type MouseEvent, type ReactNode, useState } from 'react'
import classes from './data-table.module.css'

const messages = defineMessages({
  en: { nothing: 'Nothing here', sortBy: 'Sort by {column}' },
  ko: { nothing: '항목이 없습니다', sortBy: '{column} 기준으로 정렬' },
})

export type Column<Row> = Readonly<{
  key: string
  /** Empty over what speaks for itself: boxes to tick, buttons. */
  title: string
  cell: (row: Row) => ReactNode
  /** What rows are compared by; a column without it is not sorted by. */
  value?: (row: Row) => string | number | null
  isNumber?: boolean
  width?: number | string
}>

type DataTableProps<Row> = Readonly<{
  /** Says what the table holds. */
  label: string
  /** undefined: they are on their way. */
  rows: readonly Row[] | undefined
  columns: readonly Column<Row>[]
  rowKey: (row: Row) => string
  failure?: unknown
  onRetry?: () => void
  empty?: ReactNode
  onRow?: (row: Row) => void
  maxHeight?: string
}>

type Sorting = Readonly<{ key: string; isDescending: boolean }>

/** A dense table: sortable columns, a header that stays, and a word for loading, empty and failed. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, rows, columns, rowKey, failure, onRetry, empty, onRow, maxHeight } = props
  const t = useMessages(messages)
  const [sorting, setSorting] = useState<Sorting | null>(null)
  if (rows === undefined && failure)
    return (
      <div className={classes.notice}>
        <FailureNotice failure={failure} {...(onRetry && { onRetry })} />
      </div>
    )
  if (rows?.length === 0) return <div className={classes.notice}>{empty ?? <EmptyState title={t('nothing')} />}</div>
  return (
    <section
      className={classes.scroll}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      tabIndex={0}
      style={maxHeight ? ({ '--data-table-height': maxHeight } as React.CSSProperties) : undefined}
    >
      <Table
        className={classes.table}
        highlightOnHover={onRow !== undefined}
        verticalSpacing={6}
        horizontalSpacing="md"
      >
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <HeaderCell key={column.key} column={column} sorting={sorting} onSort={setSorting} />
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows === undefined
            ? [1, 2, 3, 4].map((row) => (
                <Table.Tr key={row}>
                  {columns.map(({ key }) => (
                    <Table.Td key={key}>
                      <Skeleton height={14} />
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))
            : sorted(rows, columns, sorting).map((row) => (
                <Table.Tr key={rowKey(row)} className={classes.row} {...(onRow && opensOn(() => onRow(row)))}>
                  {columns.map(({ key, cell, isNumber }) => (
                    <Table.Td key={key} className={isNumber ? classes.number : undefined}>
                      {cell(row)}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
        </Table.Tbody>
      </Table>
    </section>
  )
}

/** What makes a row open by mouse and by keyboard; what stands in the row keeps its own clicks and keys. */
const opensOn = (open: () => void) => ({
  'data-clickable': true,
  tabIndex: 0,
  onClick(event: MouseEvent<HTMLElement>) {
    const inner = (event.target as HTMLElement).closest('a, button, input, label')
    if (inner === null) open()
  },
  onKeyDown(event: KeyboardEvent<HTMLElement>) {
    if (event.key === 'Enter' && event.target === event.currentTarget) open()
  },
})

type HeaderCellProps<Row> = Readonly<{
  column: Column<Row>
  sorting: Sorting | null
  onSort: (sorting: Sorting | null) => void
}>

function HeaderCell<Row>({ column, sorting, onSort }: HeaderCellProps<Row>) {
  const t = useMessages(messages)
  const { key, title, value, isNumber, width } = column
  if (title === '') return <Table.Td {...(width !== undefined && { w: width })} />
  const mine = sorting?.key === key ? sorting : null
  const Icon = mine === null ? IconArrowsSort : mine.isDescending ? IconArrowDown : IconArrowUp
  const next = () =>
    mine === null
      ? onSort({ key, isDescending: false })
      : mine.isDescending
        ? onSort(null)
        : onSort({ key, isDescending: true })
  return (
    <Table.Th
      className={isNumber ? classes.number : undefined}
      aria-sort={mine === null ? undefined : mine.isDescending ? 'descending' : 'ascending'}
      {...(width !== undefined && { w: width })}
    >
      {value === undefined ? (
        title
      ) : (
        <button type="button" className={classes.sort} onClick={next} aria-label={t('sortBy', { column: title })}>
          {title}
          <Icon size={13} aria-hidden />
        </button>
      )}
    </Table.Th>
  )
}

function sorted<Row>(rows: readonly Row[], columns: readonly Column<Row>[], sorting: Sorting | null): readonly Row[] {
  const value = columns.find(({ key }) => key === sorting?.key)?.value
  if (sorting === null || value === undefined) return rows
  const turn = sorting.isDescending ? -1 : 1
  return rows.toSorted((a, b) => {
    const [left, right] = [value(a), value(b)]
    if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1
    return left === right ? 0 : (left < right ? -1 : 1) * turn
  })
}
