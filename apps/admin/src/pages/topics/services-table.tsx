import type { ServiceRecord } from '@eip/contracts'
import { formatNumber, useLanguage, useMessages } from '@eip/theme'
import { Badge, Group, Text } from '@mantine/core'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { topicsMessages } from './topics-messages.ts'

type ServicesTableProps = Readonly<{
  services: readonly ServiceRecord[] | undefined
  failure: unknown
  onRetry: () => void
}>

/** Who runs, whether it is ready, and whom it asks. */
export function ServicesTable({ services, failure, onRetry }: ServicesTableProps) {
  const t = useMessages(topicsMessages)
  const { language } = useLanguage()
  const columns: readonly Column<ServiceRecord>[] = [
    {
      ...{ key: 'name', title: t('name'), value: ({ name }) => name },
      cell: ({ name }) => (
        <Text size="sm" fw={550}>
          {name}
        </Text>
      ),
    },
    {
      ...{ key: 'state', title: t('state'), value: ({ missing }) => (missing === null ? 1 : 0) },
      cell: ({ missing }) => (
        <Group gap={8}>
          <Badge variant="light" tt="none" color={missing === null ? 'teal' : 'red'}>
            {t(missing === null ? 'ready' : 'notReady')}
          </Badge>
          {missing && <Text size="sm">{missing}</Text>}
        </Group>
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
      ...{ key: 'operations', title: t('operations'), isNumber: true, value: ({ operations }) => operations.length },
      cell: ({ operations }) => <span title={operations.join(', ')}>{formatNumber(operations.length, language)}</span>,
    },
    {
      ...{ key: 'calls', title: t('calls'), width: '45%' },
      cell: ({ calls }) =>
        calls.length === 0 ? (
          <Text span size="sm" c="dimmed">
            {t('nobody')}
          </Text>
        ) : (
          <Group gap={4}>
            {calls.map((name) => (
              <Badge key={name} variant="default" tt="none" fw={500}>
                {name}
              </Badge>
            ))}
          </Group>
        ),
    },
  ]
  return (
    <DataTable
      label={t('servicesTable')}
      rows={services}
      columns={columns}
      rowKey={({ name }) => name}
      failure={failure}
      onRetry={onRetry}
    />
  )
}
