import { useMessages } from '@eip/theme'
import { Autocomplete, Button, Group } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconChevronLeft, IconChevronRight, IconTerminal2, IconUser } from '@tabler/icons-react'
import { useState } from 'react'
import { api, useApiQuery } from '../../api.ts'
import { Page } from '../../parts/page.tsx'
import { Panel } from '../../parts/panel.tsx'
import { auditMessages } from './audit-messages.ts'
import { AuditTable } from './audit-table.tsx'

const size = 50

export function AuditPage() {
  const t = useMessages(auditMessages)
  const [by, setBy] = useState('')
  const [operation, setOperation] = useState('')
  // The id before which each page begins; the first begins at the newest.
  const [befores, setBefores] = useState<readonly number[]>([])
  const [filter] = useDebouncedValue({ by: by.trim(), operation: operation.trim() }, 250)
  const before = befores.at(-1)
  const asked = {
    size,
    ...(before !== undefined && { before }),
    ...(filter.by !== '' && { by: filter.by }),
    ...(filter.operation !== '' && { operation: filter.operation }),
  }
  const { data, error, refetch } = useApiQuery(['audit', asked], (signal) => api.auditLog(asked, { signal }))
  const newest = useApiQuery(['audit', 'newest'], (signal) => api.auditLog({ size: 200 }, { signal }))
  const known = newest.data?.entries ?? []
  const entries = data?.entries
  const choose = (set: (value: string) => void) => (value: string) => {
    set(value)
    setBefores([])
  }
  return (
    <Page title={t('title')} description={t('description')}>
      <Group gap="sm">
        <Autocomplete
          w={{ base: '100%', xs: 240 }}
          aria-label={t('filterBy')}
          placeholder={t('filterBy')}
          leftSection={<IconUser size={15} aria-hidden />}
          data={[...new Set(known.map((entry) => entry.by))].sort()}
          value={by}
          onChange={choose(setBy)}
          clearable
        />
        <Autocomplete
          w={{ base: '100%', xs: 240 }}
          aria-label={t('filterOperation')}
          placeholder={t('filterOperation')}
          leftSection={<IconTerminal2 size={15} aria-hidden />}
          data={[...new Set(known.map((entry) => entry.operation))].sort()}
          value={operation}
          onChange={choose(setOperation)}
          clearable
        />
      </Group>
      <Panel isFlush>
        <AuditTable entries={entries} failure={error} onRetry={refetch} />
      </Panel>
      <Group justify="flex-end" gap="xs">
        <Button
          variant="default"
          size="xs"
          leftSection={<IconChevronLeft size={14} aria-hidden />}
          disabled={befores.length === 0}
          onClick={() => setBefores(befores.slice(0, -1))}
        >
          {t('newer')}
        </Button>
        <Button
          variant="default"
          size="xs"
          rightSection={<IconChevronRight size={14} aria-hidden />}
          disabled={entries === undefined || entries.length < size}
          onClick={() => entries && setBefores([...befores, entries.at(-1)!.id])}
        >
          {t('older')}
        </Button>
      </Group>
    </Page>
  )
}
