import { FailureNotice, useMessages } from '@eip/theme'
import { Alert, Button, FileButton, Stack, Text } from '@mantine/core'
import { IconFileUpload } from '@tabler/icons-react'
import { useState } from 'react'
import { api, useApiMutation } from '../../api.ts'
import { useConfirm } from '../../parts/confirm.tsx'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { explorerMessages } from './explorer-messages.ts'
import { type CsvFault, fitsAtOnce, type Judgment, type ReadJudgments, readJudgments } from './judgments-csv.ts'

type ReadFile = Readonly<{ name: string; read: ReadJudgments; fits: boolean }>

/** Reads a CSV file of judgments here, tells its wrong rows, and loads the others when asked to. */
export function JudgmentsUpload() {
  const t = useMessages(explorerMessages)
  const confirm = useConfirm()
  const [file, setFile] = useState<ReadFile | null>(null)
  const [isUnreadable, setUnreadable] = useState(false)
  const loading = useApiMutation((judgments: readonly Judgment[]) => api.loadJudgments({ judgments: [...judgments] }), {
    changes: ['judgments'],
    said: (loaded) => t('loaded', loaded),
    failed: () => true,
  })
  const open = async (chosen: File | null) => {
    loading.reset()
    setFile(null)
    setUnreadable(false)
    if (chosen === null) return
    try {
      const read = readJudgments(await chosen.text())
      setFile({ name: chosen.name, read, fits: fitsAtOnce(read.judgments) })
    } catch {
      setUnreadable(true)
    }
  }
  const ask = ({ name, read: { judgments } }: ReadFile) =>
    confirm({
      title: t('replaceTitle'),
      body: t('replaceBody', { count: judgments.length, file: name }),
      action: t('replace'),
      onConfirm: () => loading.mutate(judgments, { onSuccess: () => setFile(null) }),
    })
  return (
    <Stack gap="sm">
      <div>
        <FileButton onChange={(chosen) => void open(chosen)} accept=".csv,text/csv,text/plain">
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconFileUpload size={16} aria-hidden />}>
              {t('upload')}
            </Button>
          )}
        </FileButton>
        <Text size="xs" c="dimmed" mt={6}>
          {t('uploadLead')}
        </Text>
      </div>
      {isUnreadable && <Alert color="red">{t('unreadable')}</Alert>}
      {file && <FoundInFile file={file} />}
      {file?.fits && file.read.judgments.length > 0 && (
        <div>
          <Button loading={loading.isPending} onClick={() => ask(file)}>
            {t('load', { count: file.read.judgments.length })}
          </Button>
        </div>
      )}
      {loading.error && <FailureNotice failure={loading.error} />}
    </Stack>
  )
}

const faultKeys = {
  columns: 'columns',
  header: 'header',
  quote: 'quote',
  unicode: 'unicode',
  query: 'faultQuery',
  product: 'faultProduct',
  grade: 'faultGrade',
} as const

/** More than this nobody reads; the file is mended and read again. */
const mostFaults = 200

function FoundInFile({ file: { name, read, fits } }: Readonly<{ file: ReadFile }>) {
  const t = useMessages(explorerMessages)
  const { judgments, faults, repeated } = read
  const columns: Column<CsvFault>[] = [
    { key: 'line', title: t('line'), cell: ({ line }) => line, isNumber: true, width: 60 },
    {
      ...{ key: 'fault', title: t('fault') },
      cell: ({ is, found }) => (
        <>
          {t(faultKeys[is])}
          {found !== '' && (
            <Text size="xs" c="dimmed" ff="monospace" lineClamp={2} dir="auto" style={{ overflowWrap: 'anywhere' }}>
              {found.slice(0, 200).toWellFormed()}
            </Text>
          )}
        </>
      ),
    },
  ]
  return (
    <Stack gap="xs">
      <Text size="sm" role="status">
        {t('rowsRead', { count: judgments.length, file: name })}
      </Text>
      {repeated > 0 && (
        <Text size="sm" c="dimmed">
          {t('rowsRepeated', { count: repeated })}
        </Text>
      )}
      {!fits && <Alert color="red">{t('tooMuch')}</Alert>}
      {faults.length > 0 && (
        <>
          <Text size="sm" fw={600}>
            {t('rowsWrong', { count: faults.length })}
          </Text>
          <DataTable
            label={t('wrongRows')}
            rows={faults.slice(0, mostFaults)}
            columns={columns}
            rowKey={({ line, is }) => `${line} ${is}`}
            maxHeight="260px"
          />
          {faults.length > mostFaults && (
            <Text size="xs" c="dimmed">
              {t('firstFaults', { count: mostFaults })}
            </Text>
          )}
        </>
      )}
    </Stack>
  )
}
