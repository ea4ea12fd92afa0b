import type { ProductImport } from '@eip/contracts'
import { useMessages } from '@eip/theme'
import { Button, FileInput, Group, Progress, SimpleGrid, Stack, TagsInput, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconFileUpload } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { api, useApiMutation } from '../../api.ts'
import { Panel } from '../../parts/panel.tsx'
import classes from './imports.module.css'
import { importsMessages } from './imports-messages.ts'
import { begunWith, sendFile } from './send-file.ts'

type Options = Readonly<{ currency: string; language: string; map: string[]; ignore: string[] }>

/** A file is chosen or dropped, said how to be read, and sent piece by piece; the same file again goes on where it was left. */
export function NewImport({ imports }: Readonly<{ imports: readonly ProductImport[] }>) {
  const t = useMessages(importsMessages)
  const client = useQueryClient()
  const [file, setFile] = useState<File | null>(null)
  const [options, setOptions] = useState<Options>({ currency: '', language: '', map: [], ignore: [] })
  const [received, setReceived] = useState(0)
  const stop = useRef<AbortController | null>(null)
  const begun = file === null ? null : begunWith(imports, file)
  const send = useApiMutation(
    async (chosen: File) => {
      const { currency, language, map, ignore } = options
      const given = { map, ignore, ...(currency && { currency }), ...(language && { language }) }
      const from = begun ?? (await api.beginImport({ fileName: chosen.name, bytes: chosen.size, options: given }))
      setReceived(from.received)
      stop.current = new AbortController()
      const { signal } = stop.current
      return sendFile({
        file: chosen,
        begun: from,
        append: (piece) => api.appendImport(piece),
        onProgress: setReceived,
        signal,
      })
    },
    {
      changes: ['imports', 'audit'],
      said: () => t('begun'),
      failed: () => stop.current?.signal.aborted === true,
    },
  )
  const choose = (chosen: File | null) => {
    if (!send.isPending) setFile(chosen)
  }
  const start = () => {
    if (file === null) return
    notifications.clean()
    send.mutate(file, {
      onSuccess: () => setFile(null),
      onSettled: () => client.invalidateQueries({ queryKey: ['imports'] }),
    })
  }
  return (
    <Panel>
      <Stack gap="md">
        <section
          className={classes.drop}
          aria-label={t('drop')}
          onDragOver={(event) => event.preventDefault()}
          onDrop={(event) => {
            event.preventDefault()
            choose(event.dataTransfer.files[0] ?? null)
          }}
        >
          <IconFileUpload size={28} stroke={1.4} aria-hidden />
          <FileInput
            label={t('drop')}
            description={t('dropHint')}
            placeholder={t('choose')}
            accept=".jsonl,.gz,.ndjson,application/gzip"
            value={file}
            onChange={choose}
            disabled={send.isPending}
            clearable
            w="100%"
            maw={420}
          />
        </section>
        {file !== null && !send.isPending && begun === null && (
          <ReadingOptions options={options} onChange={setOptions} />
        )}
        {file !== null &&
          (send.isPending ? (
            <div>
              <Group justify="space-between" mb={6}>
                <Text size="sm">{t('sending', { name: file.name })}</Text>
                <Button size="compact-xs" variant="default" onClick={() => stop.current?.abort()}>
                  {t('stopSending')}
                </Button>
              </Group>
              <Progress value={(received / file.size) * 100} aria-label={t('sending', { name: file.name })} animated />
            </div>
          ) : (
            <Group justify="flex-end">
              <Button onClick={start}>{t(begun === null ? 'start' : 'resume', { name: file.name })}</Button>
            </Group>
          ))}
      </Stack>
    </Panel>
  )
}

type ReadingOptionsProps = Readonly<{ options: Options; onChange: (options: Options) => void }>

function ReadingOptions({ options, onChange }: ReadingOptionsProps) {
  const t = useMessages(importsMessages)
  const set = (changed: Partial<Options>) => onChange({ ...options, ...changed })
  return (
    <fieldset className={classes.options}>
      <legend>{t('options')}</legend>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 4 }}>
        <TextInput
          label={t('currency')}
          description={t('currencyHint')}
          maxLength={3}
          value={options.currency}
          onChange={({ currentTarget }) => set({ currency: currentTarget.value.toUpperCase() })}
        />
        <TextInput
          label={t('language')}
          description={t('languageHint')}
          maxLength={3}
          value={options.language}
          onChange={({ currentTarget }) => set({ language: currentTarget.value.toLowerCase() })}
        />
        <TagsInput label={t('map')} description={t('mapHint')} value={options.map} onChange={(map) => set({ map })} />
        <TagsInput
          label={t('ignore')}
          description={t('ignoreHint')}
          value={options.ignore}
          onChange={(ignore) => set({ ignore })}
        />
      </SimpleGrid>
    </fieldset>
  )
}
