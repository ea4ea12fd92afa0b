import type { PublishedPolicy } from '@eip/contracts'
import { formatDate, useLanguage, useMessages } from '@eip/theme'
import { Badge, Group, Stack, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import type { ReactNode } from 'react'
import type { Column } from '../../parts/data-table.tsx'
import { policyMessages } from './policy-messages.ts'

export type Version = Omit<PublishedPolicy, 'document'>

type VersionColumnsOptions = Readonly<{
  /** The version that ranks now: nothing can be done about it. */
  current: number
  actions: (version: number) => ReactNode
}>

/** The columns of the history; where there is little room, all that is said of a version stands in one. */
export function useVersionColumns({ current, actions }: VersionColumnsOptions): readonly Column<Version>[] {
  const t = useMessages(policyMessages)
  const { language } = useLanguage()
  const isNarrow = useMediaQuery('(max-width: 48em)')
  const number = ({ version }: Version) => (
    <Group gap="xs" wrap="nowrap">
      {version}
      {version === current && (
        <Badge size="sm" variant="light" color="teal" tt="none">
          {t('current')}
        </Badge>
      )}
    </Group>
  )
  const when = ({ publishedAt }: Version) => <time dateTime={publishedAt}>{formatDate(publishedAt, language)}</time>
  const buttons = ({ version }: Version) => version !== current && actions(version)
  if (isNarrow)
    return [
      {
        ...{ key: 'version', title: t('version') },
        cell: (version) => (
          <Stack gap={4} py={4}>
            <Group justify="space-between" gap="xs">
              {number(version)}
              {buttons(version)}
            </Group>
            <Note {...version} />
            <Text size="xs" c="dimmed">
              {version.publishedBy} · {when(version)}
            </Text>
          </Stack>
        ),
      },
    ]
  return [
    { ...{ key: 'version', title: t('version'), width: 150 }, cell: number },
    { ...{ key: 'note', title: t('note') }, cell: (version) => <Note {...version} /> },
    { ...{ key: 'by', title: t('by'), width: 140 }, cell: ({ publishedBy }) => publishedBy },
    { ...{ key: 'at', title: t('at'), width: 190 }, cell: when },
    { ...{ key: 'actions', title: '', width: 1 }, cell: buttons },
  ]
}

/** The platform itself publishes what a shop starts with, and says so in English: here it is said in the reader's language. */
const isFirst = ({ version, publishedBy }: Version) => version === 1 && publishedBy === 'eip'

function Note(version: Version) {
  const t = useMessages(policyMessages)
  const { note, rolledBackTo } = version
  return (
    <Text size="sm" dir="auto">
      {isFirst(version) ? t('firstNote') : note}{' '}
      {rolledBackTo !== null && (
        <Text span size="xs" c="dimmed">
          {t('broughtBack', { version: rolledBackTo })}
        </Text>
      )}
    </Text>
  )
}
