import { formatNumber, useLanguage, useMessages } from '@eip/theme'
import { Alert, Button, FileInput, Group, Progress, Stack, Text } from '@mantine/core'
import { useRef, useState } from 'react'
import { useApiMutation } from '../api.ts'
import { newOperationId } from './operation-id.ts'
import { RefusedRows } from './refused-rows.tsx'
import { rowsImportMessages } from './rows-import-messages.ts'
import { type BatchAnswer, type FileRow, nothingSent, type ReadRows, type SentRows, sendRows } from './send-rows.ts'

export type RowsImportProps = Readonly<{
  label: string
  /** What the file has to hold. */
  hint: string
  accept: string
  batchSize: number
  read: (text: string) => ReadRows
  /** `id` is of this batch of this file, whenever it is sent. */
  send: (rows: readonly FileRow['row'][], id: string) => Promise<BatchAnswer>
  /** What the counts of an answer are called. */
  nameOf: (count: string) => string
  changes: readonly string[]
}>

type ReadFile = Readonly<{ name: string; id: string; read: ReadRows }>
type Trouble = 'unreadable' | 'tooLarge'

const mostMegabytes = 200

/** A file is read here in the page, and its rows are sent batch by batch; each row that is not taken is told with its reason. */
export function RowsImport({ label, hint, accept, read, ...sending }: RowsImportProps) {
  const t = useMessages(rowsImportMessages)
  const [chosen, setChosen] = useState<File | null>(null)
  const [file, setFile] = useState<ReadFile | null>(null)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const [isBusy, setBusy] = useState(false)
  const open = async (next: File | null) => {
    setChosen(next)
    setFile(null)
    setTrouble(null)
    if (next === null) return
    if (next.size > mostMegabytes * 1e6) return setTrouble('tooLarge')
    try {
      setFile({ name: next.name, id: newOperationId(), read: read(await next.text()) })
    } catch {
      setTrouble('unreadable')
    }
  }
  return (
    <Stack gap="sm">
      <FileInput
        label={label}
        description={hint}
        placeholder={t('choose')}
        accept={accept}
        value={chosen}
        onChange={(next) => void open(next)}
        disabled={isBusy}
        clearable
        maw={520}
      />
      {trouble && <Alert color="red">{t(trouble, { count: mostMegabytes })}</Alert>}
      {file && <FileSending key={file.id} file={file} onBusy={setBusy} {...sending} />}
    </Stack>
  )
}

type FileSendingProps = Pick<RowsImportProps, 'batchSize' | 'send' | 'nameOf' | 'changes'> &
  Readonly<{ file: ReadFile; onBusy: (isBusy: boolean) => void }>

function FileSending({ file, batchSize, send, nameOf, changes, onBusy }: FileSendingProps) {
  const t = useMessages(rowsImportMessages)
  const { rows, faults } = file.read
  const [so, setSo] = useState<SentRows>(nothingSent)
  const stop = useRef<AbortController | null>(null)
  const sending = useApiMutation(
    async () => {
      stop.current = new AbortController()
      setSo(nothingSent)
      return sendRows({
        ...{ rows, batchSize, onProgress: setSo, signal: stop.current.signal },
        send: (some, batch) => send(some, `${file.id}:${batch}`),
      })
    },
    { changes: [...changes, 'audit'], said: () => t('done'), failed: () => stop.current?.signal.aborted === true },
  )
  const start = () => {
    onBusy(true)
    sending.mutate(undefined, { onSettled: () => onBusy(false) })
  }
  return (
    <>
      <Text size="sm" role="status">
        {t('read', { count: rows.length, file: file.name })}
      </Text>
      {rows.length > 0 && !sending.isSuccess && (
        <SendingState
          {...{ so, all: rows.length, isPending: sending.isPending, isBroken: sending.isError }}
          onStart={start}
          onStop={() => stop.current?.abort()}
        />
      )}
      <Counts counts={so.counts} nameOf={nameOf} />
      <RefusedRows faults={[...faults, ...so.refused].toSorted((a, b) => a.line - b.line)} fileName={file.name} />
    </>
  )
}

type SendingStateProps = Readonly<{
  so: SentRows
  all: number
  isPending: boolean
  isBroken: boolean
  onStart: () => void
  onStop: () => void
}>

function SendingState({ so, all, isPending, isBroken, onStart, onStop }: SendingStateProps) {
  const t = useMessages(rowsImportMessages)
  const label = t('sending', { sent: so.sent, all })
  if (!isPending)
    return (
      <Group gap="sm">
        <Button onClick={onStart}>{isBroken ? t('again') : t('start', { count: all })}</Button>
        {isBroken && (
          <Text size="sm" c="dimmed">
            {label}. {t('againWhy')}
          </Text>
        )}
      </Group>
    )
  return (
    <div>
      <Group justify="space-between" mb={6}>
        <Text size="sm">{label}</Text>
        <Button size="compact-xs" variant="default" onClick={onStop}>
          {t('stop')}
        </Button>
      </Group>
      <Progress value={(so.sent / all) * 100} aria-label={label} animated />
    </div>
  )
}

function Counts({ counts, nameOf }: Readonly<{ counts: SentRows['counts'] }> & Pick<RowsImportProps, 'nameOf'>) {
  const t = useMessages(rowsImportMessages)
  const { language } = useLanguage()
  const said = Object.entries(counts).map(([name, count]) =>
    t('count', { what: nameOf(name), count: formatNumber(count, language) }),
  )
  if (said.length === 0) return null
  return <Text size="sm">{said.join(' · ')}</Text>
}
