import { formatNumber, useLanguage, useMessages } from '@eip/theme'
import { Button, Code, Group, Stack, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { type Column, DataTable } from './data-table.tsx'
import { rowsImportMessages } from './rows-import-messages.ts'
import { saveFile } from './save-file.ts'
import type { RowFault } from './send-rows.ts'

/** More than this nobody reads; the file is mended and sent again. */
const mostShown = 200

const csvText = (text: string) => `"${text.replaceAll('"', '""')}"`

/** Rows of a file that were not taken, each with its line, field and reason; all of them to take away. */
export function RefusedRows({ faults, fileName }: Readonly<{ faults: readonly RowFault[]; fileName: string }>) {
  const t = useMessages(rowsImportMessages)
  const { language } = useLanguage()
  if (faults.length === 0) return null
  const columns: readonly Column<RowFault>[] = [
    {
      ...{ key: 'line', title: t('line'), isNumber: true, width: 90, value: ({ line }) => line },
      cell: ({ line }) => formatNumber(line, language),
    },
    {
      ...{ key: 'field', title: t('field'), width: 160, value: ({ field }) => field },
      cell: ({ field }) => <Code>{field}</Code>,
    },
    { ...{ key: 'reason', title: t('reason'), value: ({ reason }) => reason }, cell: ({ reason }) => reason },
  ]
  const download = () => {
    const lines = faults.map(({ line, field, reason }) => `${line},${csvText(field)},${csvText(reason)}\n`)
    saveFile(new Blob(['line,field,reason\n', ...lines], { type: 'text/csv' }), `refused-${fileName}.csv`)
  }
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Text size="sm" fw={600} role="status">
          {t('refused', { count: faults.length })}
        </Text>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden />}
          onClick={download}
        >
          {t('download')}
        </Button>
      </Group>
      <DataTable
        label={t('refused', { count: faults.length })}
        rows={faults.slice(0, mostShown)}
        columns={columns}
        rowKey={({ line, field, reason }) => `${line} ${field} ${reason}`}
        maxHeight="300px"
      />
      {faults.length > mostShown && (
        <Text size="xs" c="dimmed">
          {t('firstRefused', { count: mostShown })}
        </Text>
      )}
    </Stack>
  )
}
