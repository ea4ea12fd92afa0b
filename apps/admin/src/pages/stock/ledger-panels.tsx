import type { LedgerEntry, StockReason } from '@eip/contracts'
import { EmptyState, formatDate, formatNumber, useLanguage, useMessages } from '@eip/theme'
import { Badge, Code, Group } from '@mantine/core'
import { api, useApiQuery } from '../../api.ts'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { Panel } from '../../parts/panel.tsx'
import { useTrail } from '../../parts/trail.ts'
import { TrailBar } from '../../parts/trail-bar.tsx'
import { stockMessages } from './stock-messages.ts'

const lookAgainMs = 3_000
const pageSize = 50

const reasonKeys = {
  received: 'received',
  reserved: 'reservedReason',
  deducted: 'deducted',
  restored: 'restored',
  adjusted: 'adjusted',
  refused: 'refused',
} as const satisfies Record<StockReason, string>
const colours = {
  ...{ received: 'teal', reserved: 'blue', deducted: 'gray' },
  ...{ restored: 'cyan', adjusted: 'orange', refused: 'red' },
} as const satisfies Record<StockReason, string>

/** Where a product lies, and everything that changed how much of it there is. */
export function LedgerPanels({ productId }: Readonly<{ productId: string }>) {
  const t = useMessages(stockMessages)
  const trail = useTrail<number>(productId)
  const asked = { productId, limit: pageSize, ...(trail.cursor !== undefined && { before: trail.cursor }) }
  const { data, error, refetch } = useApiQuery(
    ['stock', 'ledger', asked],
    (signal) => api.listLedger(asked, { signal }),
    { refetchInterval: lookAgainMs },
  )
  const last = data?.entries.length === pageSize ? data.entries.at(-1) : undefined
  const read = { failure: error, onRetry: () => void refetch() }
  return (
    <>
      <Panel title={t('places')} isFlush>
        <DataTable
          label={t('places')}
          rows={data?.places}
          columns={usePlaceColumns()}
          rowKey={({ place }) => place}
          {...read}
        />
      </Panel>
      <Panel
        title={t('entries')}
        isFlush
        actions={
          <Group gap="md">
            {data && (
              <Badge variant="light" tt="none" color={data.isBalanced ? 'teal' : 'red'}>
                {t(data.isBalanced ? 'isBalanced' : 'isUnbalanced')}
              </Badge>
            )}
            <TrailBar trail={trail} next={data === undefined ? undefined : (last?.id ?? null)} />
          </Group>
        }
      >
        <DataTable
          label={t('entries')}
          rows={data?.entries}
          columns={useEntryColumns()}
          rowKey={({ id }) => String(id)}
          empty={<EmptyState title={t('noEntries')} />}
          {...read}
        />
      </Panel>
    </>
  )
}

type PlaceStock = Readonly<{ place: string; onHand: number; reserved: number }>

function usePlaceColumns(): readonly Column<PlaceStock>[] {
  const t = useMessages(stockMessages)
  const { language } = useLanguage()
  const figure = (key: 'onHand' | 'reserved'): Column<PlaceStock> => ({
    ...{ key, title: t(key), isNumber: true, value: (row) => row[key] },
    cell: (row) => formatNumber(row[key], language),
  })
  return [
    { ...{ key: 'place', title: t('place'), value: ({ place }) => place }, cell: ({ place }) => place },
    figure('onHand'),
    figure('reserved'),
  ]
}

function useEntryColumns(): readonly Column<LedgerEntry>[] {
  const t = useMessages(stockMessages)
  const { language } = useLanguage()
  const difference = (key: 'onHand' | 'reserved'): Column<LedgerEntry> => ({
    ...{ key, title: t(key), isNumber: true },
    cell: (entry) => (entry[key] === 0 ? t('unset') : formatNumber(entry[key], language, { signDisplay: 'always' })),
  })
  return [
    {
      ...{ key: 'at', title: t('at') },
      cell: ({ at }) => <time dateTime={at}>{formatDate(at, language, 'second')}</time>,
    },
    {
      ...{ key: 'reason', title: t('reason') },
      cell: ({ reason, isGenerated }) => (
        <Group gap={6} wrap="nowrap">
          <Badge size="sm" variant="light" tt="none" color={colours[reason]}>
            {t(reasonKeys[reason])}
          </Badge>
          {isGenerated && (
            <Badge size="sm" variant="outline" color="gray" tt="none" title={t('generatedWhy')}>
              {t('generated')}
            </Badge>
          )}
        </Group>
      ),
    },
    difference('onHand'),
    difference('reserved'),
    { ...{ key: 'place', title: t('place') }, cell: ({ place }) => place },
    { ...{ key: 'note', title: t('note') }, cell: ({ note }) => <bdi>{note}</bdi> },
    { ...{ key: 'by', title: t('by') }, cell: ({ by }) => by },
    {
      ...{ key: 'operation', title: t('operation') },
      cell: ({ operationId }) => <Code style={{ overflowWrap: 'anywhere' }}>{operationId}</Code>,
    },
  ]
}
