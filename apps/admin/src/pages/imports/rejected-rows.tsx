import type { ImportRejection } from '@eip/contracts'
import { EmptyState, formatNumber, useLanguage, useMessages } from '@eip/theme'
import { Button, Code, Group, Text, TextInput } from '@mantine/core'
import { IconCircleCheck, IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { api, useApiMutation, useApiQuery } from '../../api.ts'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { Panel } from '../../parts/panel.tsx'
import { saveFile } from '../../parts/save-file.ts'
import classes from './imports.module.css'
import { importsMessages } from './imports-messages.ts'

const size = 100
const collected = 1_000

/** The rows that did not go in, a page at a time; all of them to take away. */
export function RejectedRows({ id, fileName }: Readonly<{ id: string; fileName: string }>) {
  const t = useMessages(importsMessages)
  const { language } = useLanguage()
  const [offset, setOffset] = useState(0)
  const [filter, setFilter] = useState('')
  const [share, setShare] = useState(0)
  const { data, error, refetch } = useApiQuery(['imports', id, 'rejected', offset], (signal) =>
    api.rejectedRows({ id, offset, size }, { signal }),
  )
  const download = useApiMutation(
    async (total: number) => {
      const lines: string[] = []
      for (let from = 0; from < total; from += collected) {
        const { rows } = await api.rejectedRows({ id, offset: from, size: collected })
        for (const row of rows) lines.push(`${JSON.stringify(row)}\n`)
        setShare(Math.min(1, (from + collected) / total))
      }
      saveFile(new Blob(lines, { type: 'application/x-ndjson' }), `rejected-${fileName.replace(/\.gz$/, '')}`)
    },
    { changes: [], said: () => null },
  )
  const total = data?.total ?? 0
  const wanted = filter.trim().toLowerCase()
  const rows = data?.rows.filter(
    ({ field, reason }) => wanted === '' || `${field} ${reason}`.toLowerCase().includes(wanted),
  )
  const columns: readonly Column<ImportRejection>[] = [
    {
      ...{ key: 'line', title: t('line'), isNumber: true, width: 90, value: ({ line }) => line },
      cell: ({ line }) => formatNumber(line, language),
    },
    {
      ...{ key: 'field', title: t('field'), width: 160, value: ({ field }) => field },
      cell: ({ field }) => <Code>{field}</Code>,
    },
    { ...{ key: 'reason', title: t('reason'), value: ({ reason }) => reason }, cell: ({ reason }) => reason },
    {
      ...{ key: 'text', title: t('text'), width: '45%' },
      cell: ({ text }) => (
        <Text className={classes.row ?? ''} lineClamp={3} title={text} dir="auto">
          {text}
        </Text>
      ),
    },
  ]
  const actions = (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconDownload size={15} aria-hidden />}
      disabled={total === 0 || download.isPending}
      onClick={() => download.mutate(total)}
    >
      {download.isPending
        ? t('downloading', { share: formatNumber(share, language, { style: 'percent' }) })
        : t('downloadAll')}
    </Button>
  )
  const last = Math.min(offset + size, total)
  return (
    <Panel title={t('rejected', { count: total })} actions={actions} isFlush>
      {total > 0 && (
        <Group justify="space-between" px="md" pb="sm">
          <TextInput
            size="xs"
            aria-label={t('filter')}
            placeholder={t('filter')}
            w={300}
            value={filter}
            onChange={({ currentTarget }) => setFilter(currentTarget.value)}
          />
          <Group gap="xs">
            <Text size="xs" c="dimmed">
              {t('pageOf', { from: offset + 1, to: last, total })}
            </Text>
            <Button
              size="compact-xs"
              variant="default"
              disabled={offset === 0}
              onClick={() => setOffset(offset - size)}
            >
              {t('previous')}
            </Button>
            <Button
              size="compact-xs"
              variant="default"
              disabled={last >= total}
              onClick={() => setOffset(offset + size)}
            >
              {t('next')}
            </Button>
          </Group>
        </Group>
      )}
      <DataTable
        label={t('rejected', { count: total })}
        rows={rows}
        columns={columns}
        rowKey={({ line, field }) => `${line} ${field}`}
        failure={error}
        onRetry={refetch}
        empty={total === 0 ? <EmptyState title={t('noRejected')} icon={IconCircleCheck} /> : undefined}
      />
    </Panel>
  )
}
