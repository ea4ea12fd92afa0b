import type { GenerationStatus } from '@eip/contracts'
import { formatDate, formatNumber, useLanguage, useMessages } from '@eip/theme'
import { Badge, Group, Progress, Text } from '@mantine/core'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { filledShare, formatBytes } from './engines-figures.ts'
import { enginesMessages } from './engines-messages.ts'

type ViewsTableProps = Readonly<{
  views: readonly GenerationStatus[] | undefined
  failure: unknown
  onRetry: () => void
}>

const colours = { serving: 'teal', filling: 'blue', previous: 'gray' } as const

/** The serving views that there are: the one that shoppers search, one being built anew, one to go back to. */
export function ViewsTable({ views, failure, onRetry }: ViewsTableProps) {
  const t = useMessages(enginesMessages)
  const { language } = useLanguage()
  const count = (
    key: 'products' | 'vectors' | 'segments' | 'eventsLeft',
    value: (row: GenerationStatus) => number,
  ) => ({
    ...{ key, title: t(key), isNumber: true, value },
    cell: (row: GenerationStatus) => formatNumber(value(row), language),
  })
  const columns: readonly Column<GenerationStatus>[] = [
    {
      ...{ key: 'name', title: t('view'), value: ({ name }) => name },
      cell: ({ name }) => (
        <Text size="sm" fw={550}>
          {name}
        </Text>
      ),
    },
    {
      ...{ key: 'state', title: t('state'), value: ({ state }) => state },
      cell: ({ state, trouble, ...read }) => (
        <Group gap={8}>
          <Badge variant="light" tt="none" color={trouble === null ? colours[state] : 'red'}>
            {t(state)}
          </Badge>
          {trouble && <Text size="sm">{trouble}</Text>}
          {state === 'filling' && <Filled share={filledShare(read)} />}
        </Group>
      ),
    },
    count('products', ({ documents }) => documents),
    count('vectors', ({ vectors }) => vectors),
    count('segments', ({ segments }) => segments),
    {
      ...{ key: 'size', title: t('size'), isNumber: true, value: ({ bytes }) => bytes },
      cell: ({ bytes }) => formatBytes(bytes, language),
    },
    count('eventsLeft', ({ eventsLeft }) => eventsLeft),
    {
      ...{ key: 'since', title: t('since'), value: ({ since }) => since },
      cell: ({ since }) => formatDate(since, language),
    },
  ]
  return (
    <DataTable
      label={t('viewsTable')}
      rows={views}
      columns={columns}
      rowKey={({ name }) => name}
      failure={failure}
      onRetry={onRetry}
    />
  )
}

function Filled({ share }: Readonly<{ share: number }>) {
  const t = useMessages(enginesMessages)
  const { language } = useLanguage()
  // What is not whole yet is never rounded up to it.
  const rounded = Math.floor(share * 100) / 100
  const label = t('filled', { share: new Intl.NumberFormat(language, { style: 'percent' }).format(rounded) })
  return (
    <div>
      <Text size="xs">{label}</Text>
      <Progress value={share * 100} size="sm" miw={90} aria-label={label} />
    </div>
  )
}
