import type { EnginePart, EngineProcess } from '@eip/contracts'
import { useMessages } from '@eip/theme'
import { Badge, Group, Text } from '@mantine/core'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { enginesMessages } from './engines-messages.ts'

type ProcessesTableProps = Readonly<{
  processes: readonly EngineProcess[] | undefined
  failure: unknown
  onRetry: () => void
}>

const parts: readonly EnginePart[] = ['events', 'database', 'index', 'lists', 'files']

/** A line for each process, a column for each thing that it may stand on. */
export function ProcessesTable({ processes, failure, onRetry }: ProcessesTableProps) {
  const t = useMessages(enginesMessages)
  const ofPart = (part: EnginePart): Column<EngineProcess> => ({
    ...{ key: part, title: t(part) },
    cell: ({ answers, engines }) => {
      const engine = engines.find((each) => each.part === part)
      if (engine !== undefined) return <EngineCell engine={engine} />
      return (
        <Text span size="sm" c="dimmed">
          {answers ? t('unused') : '–'}
        </Text>
      )
    },
  })
  const columns: readonly Column<EngineProcess>[] = [
    {
      ...{ key: 'services', title: t('services'), value: ({ services }) => services.join(' ') },
      cell: ({ services, answers }) => (
        <Group gap={6}>
          <Text span size="sm" fw={550}>
            {services.join(', ')}
          </Text>
          {!answers && (
            <Badge variant="light" tt="none" color="red">
              {t('silent')}
            </Badge>
          )}
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
    ...parts.map(ofPart),
  ]
  return (
    <DataTable
      label={t('processesTable')}
      rows={processes}
      columns={columns}
      rowKey={({ runs }) => runs}
      failure={failure}
      onRetry={onRetry}
    />
  )
}

function EngineCell({ engine: { engine, version, isEmbedded, isUp } }: { engine: EngineProcess['engines'][number] }) {
  const t = useMessages(enginesMessages)
  return (
    <>
      <Text size="sm" style={{ whiteSpace: 'nowrap' }}>
        {version === null ? engine : `${engine} ${version}`}
      </Text>
      <Text size="xs" c={isUp ? 'dimmed' : 'red'}>
        {t(isUp ? (isEmbedded ? 'embedded' : 'server') : 'away')}
      </Text>
    </>
  )
}
