import type { EngineProcess } from '@eip/contracts'
import { formatNumber, useLanguage, useMessages } from '@eip/theme'
import { Progress, Text } from '@mantine/core'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { type PoolRow, poolRows } from './engines-figures.ts'
import { enginesMessages } from './engines-messages.ts'

type PoolsTableProps = Readonly<{
  processes: readonly EngineProcess[] | undefined
  failure: unknown
  onRetry: () => void
}>

/** How much of each pool is in use, and what waits for it. */
export function PoolsTable({ processes, failure, onRetry }: PoolsTableProps) {
  const t = useMessages(enginesMessages)
  const { language } = useLanguage()
  const number = (value: number) => formatNumber(value, language)
  const columns: readonly Column<PoolRow>[] = [
    {
      ...{ key: 'schema', title: t('schema'), value: ({ schema }) => schema },
      cell: ({ schema }) => (
        <Text span size="sm" fw={550}>
          {schema}
        </Text>
      ),
    },
    {
      ...{ key: 'runs', title: t('runs'), value: ({ runs }) => runs },
      cell: ({ runs }) => (
        <Text span size="sm" style={{ whiteSpace: 'nowrap' }}>
          {runs === 'here' ? t('here') : runs}
        </Text>
      ),
    },
    {
      ...{ key: 'use', title: t('use'), width: '35%', value: ({ inUse, limit }) => inUse / limit },
      cell: (pool) => <Use pool={pool} />,
    },
    {
      ...{ key: 'idle', title: t('idle'), isNumber: true, value: ({ idle }) => idle },
      cell: ({ idle }) => number(idle),
    },
    {
      ...{ key: 'waiting', title: t('waiting'), isNumber: true, value: ({ waiting }) => waiting },
      cell: ({ waiting }) => <Text {...{ span: true, size: 'sm', fw: waiting ? 650 : 400 }}>{number(waiting)}</Text>,
    },
  ]
  return (
    <DataTable
      label={t('poolsTable')}
      rows={processes && poolRows(processes)}
      columns={columns}
      rowKey={({ runs, schema }) => `${runs} ${schema}`}
      failure={failure}
      onRetry={onRetry}
    />
  )
}

function Use({ pool: { schema, inUse, limit } }: Readonly<{ pool: PoolRow }>) {
  const t = useMessages(enginesMessages)
  const { language } = useLanguage()
  const figures = { inUse: formatNumber(inUse, language), limit: formatNumber(limit, language) }
  return (
    <>
      <Text size="sm" style={{ whiteSpace: 'nowrap' }}>
        {t('inUse', figures)}
      </Text>
      <Progress
        value={(inUse / limit) * 100}
        size="sm"
        mt={4}
        miw={90}
        color={inUse < limit ? 'teal' : 'orange'}
        aria-label={t('useOf', { schema, ...figures })}
      />
    </>
  )
}
