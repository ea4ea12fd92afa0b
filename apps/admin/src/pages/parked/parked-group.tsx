import type { ParkedRecord } from '@eip/contracts'
import { formatDate, formatNumber, type Language, useLanguage, useMessages } from '@eip/theme'
import { Button, Checkbox, Group, Text } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useState } from 'react'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { Panel } from '../../parts/panel.tsx'
import classes from './parked.module.css'
import { parkedMessages } from './parked-messages.ts'
import { keyOf, type ParkedGroup, placeOf } from './parked-place.ts'

type Translation = ReturnType<typeof useMessages<typeof parkedMessages.en>>

type ParkedGroupPanelProps = Readonly<{
  group: ParkedGroup
  onInspect: (record: ParkedRecord) => void
  /** null: who looks may not give messages to their reader again. */
  onRetry: ((records: readonly ParkedRecord[]) => void) | null
  isRetrying: boolean
}>

/** What is parked for one reader. */
export function ParkedGroupPanel({ group, onInspect, onRetry, isRetrying }: ParkedGroupPanelProps) {
  const t = useMessages(parkedMessages)
  const { language } = useLanguage()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const { reader, records } = group
  // Some that were chosen may have gone meanwhile.
  const chosenRecords = records.filter((record) => chosen.has(keyOf(record)))
  const wanted = chosenRecords.length > 0 ? chosenRecords : records
  const choice: Column<ParkedRecord> = {
    ...{ key: 'choice', title: '', width: 1 },
    cell: (record) => (
      <Checkbox
        size="xs"
        aria-label={t('select', { place: placeOf(record) })}
        checked={chosen.has(keyOf(record))}
        onChange={() => setChosen(chosen.symmetricDifference(new Set([keyOf(record)])))}
      />
    ),
  }
  return (
    <Panel
      title={t('group', { reader, count: records.length })}
      isFlush
      actions={
        onRetry && (
          <Button
            size="xs"
            variant={chosenRecords.length > 0 ? 'filled' : 'light'}
            leftSection={<IconRefresh size={15} aria-hidden />}
            loading={isRetrying}
            onClick={() => onRetry(wanted)}
          >
            {chosenRecords.length > 0
              ? t('retryChosen', { count: chosenRecords.length })
              : t('retryAll', { count: records.length })}
          </Button>
        )
      }
    >
      <DataTable
        label={t('messagesOf', { reader })}
        rows={records}
        columns={[...(onRetry ? [choice] : []), ...factColumns(t, language), actions(t, onInspect, onRetry)]}
        rowKey={keyOf}
      />
    </Panel>
  )
}

function factColumns(t: Translation, language: Language): readonly Column<ParkedRecord>[] {
  return [
    {
      ...{ key: 'topic', title: t('topic'), value: placeOf },
      cell: ({ topic, partition, offset }) => (
        <>
          <div className={classes.topic}>{topic}</div>
          <Text size="xs" c="dimmed" className={classes.topic}>
            {t('partition')} {partition} · {t('offset')} {offset}
          </Text>
        </>
      ),
    },
    {
      ...{ key: 'reason', title: t('reason'), width: '55%', value: ({ reason }) => reason },
      cell: ({ reason }) => (
        <Text size="sm" lineClamp={2} className={classes.reason} title={reason}>
          {reason}
        </Text>
      ),
    },
    {
      ...{ key: 'attempts', title: t('attempts'), isNumber: true, value: ({ attempts }) => attempts },
      cell: ({ attempts }) => formatNumber(attempts, language),
    },
    {
      ...{ key: 'parkedAt', title: t('parkedAt'), value: ({ parkedAt }) => parkedAt },
      cell: ({ parkedAt }) => (
        <time dateTime={parkedAt} title={formatDate(parkedAt, language, 'second')}>
          {formatDate(parkedAt, language)}
        </time>
      ),
    },
  ]
}

function actions(
  t: Translation,
  onInspect: ParkedGroupPanelProps['onInspect'],
  onRetry: ParkedGroupPanelProps['onRetry'],
): Column<ParkedRecord> {
  return {
    ...{ key: 'actions', title: '', width: 1 },
    cell: (record) => (
      <Group gap={4} wrap="nowrap">
        <Button
          size="compact-xs"
          variant="default"
          aria-label={t('inspectPlace', { place: placeOf(record) })}
          onClick={() => onInspect(record)}
        >
          {t('inspect')}
        </Button>
        {onRetry && (
          <Button
            size="compact-xs"
            variant="light"
            aria-label={t('retryPlace', { place: placeOf(record) })}
            onClick={() => onRetry([record])}
          >
            {t('retry')}
          </Button>
        )}
      </Group>
    ),
  }
}
