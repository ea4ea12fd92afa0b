import type { TopicRecord } from '@eip/contracts'
import { formatNumber, useLanguage, useMessages } from '@eip/theme'
import { Anchor, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { type ReaderRow, readerRows } from './reader-rows.ts'
import { topicsMessages } from './topics-messages.ts'

type TopicsTableProps = Readonly<{
  topics: readonly TopicRecord[] | undefined
  failure: unknown
  onRetry: () => void
}>

/** A line for each topic and reader. */
export function TopicsTable({ topics, failure, onRetry }: TopicsTableProps) {
  const t = useMessages(topicsMessages)
  const { language } = useLanguage()
  const number = (value: number | null) => (value === null ? '–' : formatNumber(value, language))
  const columns: readonly Column<ReaderRow>[] = [
    {
      ...{ key: 'topic', title: t('topic'), value: ({ topic }) => topic },
      cell: ({ topic }) => <Name name={topic} isStrong />,
    },
    {
      ...{ key: 'reader', title: t('reader'), value: ({ reader }) => reader },
      cell: ({ reader, isFollowing, isWaiting }) =>
        reader === null ? (
          <Absent>{t('nobody')}</Absent>
        ) : (
          <>
            <Name name={reader} /> {(isFollowing || isWaiting) && <Absent>{t(isWaiting ? 'waits' : 'follows')}</Absent>}
          </>
        ),
    },
    {
      ...{ key: 'lag', title: t('behind'), isNumber: true, value: ({ lag }) => lag },
      cell: ({ lag }) => <Text {...{ span: true, size: 'sm', fw: lag ? 650 : 400 }}>{number(lag)}</Text>,
    },
    {
      ...{ key: 'parked', title: t('parked'), isNumber: true, value: ({ parked }) => parked },
      cell: ({ parked }) =>
        parked ? (
          <Anchor
            size="sm"
            c="var(--mantine-color-error)"
            fw={650}
            renderRoot={(props) => <Link {...props} to="/parked" />}
          >
            {number(parked)}
          </Anchor>
        ) : (
          number(parked)
        ),
    },
    {
      ...{ key: 'publishedBy', title: t('publishedBy'), value: ({ publishedBy }) => publishedBy },
      cell: ({ publishedBy }) => publishedBy ?? <Absent>{t('nobody')}</Absent>,
    },
    {
      ...{ key: 'kind', title: t('kind'), value: ({ kind }) => kind },
      cell: ({ kind }) => t(kind === 'state' ? 'stateTopic' : 'behaviourTopic'),
    },
  ]
  return (
    <DataTable
      label={t('readersTable')}
      rows={topics && readerRows(topics)}
      columns={columns}
      rowKey={({ topic, reader, isFollowing }) => `${topic} ${reader} ${isFollowing}`}
      failure={failure}
      onRetry={onRetry}
    />
  )
}

function Name({ name, isStrong = false }: Readonly<{ name: string; isStrong?: boolean }>) {
  return (
    <Text span size="sm" fw={isStrong ? 550 : 400} style={{ whiteSpace: 'nowrap' }}>
      {name}
    </Text>
  )
}

function Absent({ children }: Readonly<{ children: string }>) {
  return (
    <Text span size="xs" c="dimmed">
      {children}
    </Text>
  )
}
