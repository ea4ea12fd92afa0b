import type { AuditEntry } from '@eip/contracts'
import { EmptyState, formatDate, useLanguage, useMessages } from '@eip/theme'
import { Badge, Code, Group, Text } from '@mantine/core'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { auditMessages } from './audit-messages.ts'

type AuditTableProps = Readonly<{
  entries: readonly AuditEntry[] | undefined
  failure: unknown
  onRetry: () => void
}>

/** The newest first, as the log answers them: sorting within one page would mislead. */
export function AuditTable({ entries, failure, onRetry }: AuditTableProps) {
  const t = useMessages(auditMessages)
  const { language } = useLanguage()
  const columns: readonly Column<AuditEntry>[] = [
    {
      ...{ key: 'at', title: t('at'), width: 1 },
      cell: ({ at }) => <time dateTime={at}>{formatDate(at, language, 'second')}</time>,
    },
    {
      ...{ key: 'by', title: t('by') },
      cell: (entry) => (
        <>
          {entry.by}{' '}
          <Text span size="xs" c="dimmed">
            {entry.role}
          </Text>
        </>
      ),
    },
    { ...{ key: 'operation', title: t('operation') }, cell: (entry) => <Code>{entry.operation}</Code> },
    { key: 'target', title: t('target'), cell: ({ target }) => <span dir="auto">{target}</span> },
    {
      ...{ key: 'detail', title: t('detail'), width: '45%' },
      cell: ({ outcome, detail }) => (
        <Group gap="xs" wrap="nowrap" align="baseline">
          <Badge size="sm" variant="light" color={outcome === 'done' ? 'teal' : 'red'}>
            {t(outcome)}
          </Badge>
          <Text size="sm" c="dimmed" lineClamp={2} dir="auto" title={detail}>
            {detail}
          </Text>
        </Group>
      ),
    },
  ]
  return (
    <DataTable
      label={t('title')}
      rows={entries}
      columns={columns}
      rowKey={({ id }) => String(id)}
      failure={failure}
      onRetry={onRetry}
      empty={<EmptyState title={t('none')}>{t('noneWhy')}</EmptyState>}
    />
  )
}
