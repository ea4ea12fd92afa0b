import { EmptyState, FailureNotice, useMessages } from '@eip/theme'
import { Divider, Drawer, Skeleton, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconClipboardCheck, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { api, useApiQuery, useSession } from '../../api.ts'
import classes from './explorer.module.css'
import { explorerMessages } from './explorer-messages.ts'
import { JudgmentsUpload } from './judgments-upload.tsx'

type JudgmentsDrawerProps = Readonly<{ isOpen: boolean; onClose: () => void; onPick: (query: string) => void }>

/** The judged queries, to pick one from, and a file to load others. */
export function JudgmentsDrawer({ isOpen, onClose, onPick }: JudgmentsDrawerProps) {
  const t = useMessages(explorerMessages)
  const state = useSession()
  const mayChange = 'session' in state && ['merchandiser', 'operator'].includes(state.session.role)
  return (
    <Drawer opened={isOpen} onClose={onClose} position="right" size="md" title={t('judgments')}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('judgmentsLead')}
        </Text>
        {mayChange && (
          <>
            <JudgmentsUpload />
            <Divider />
          </>
        )}
        <JudgedQueries onPick={onPick} />
      </Stack>
    </Drawer>
  )
}

/** How long somebody must have stopped typing before the list is asked for. */
const pauseMs = 200

function JudgedQueries({ onPick }: Readonly<{ onPick: (query: string) => void }>) {
  const t = useMessages(explorerMessages)
  const [typed, setTyped] = useState('')
  const [prefix] = useDebouncedValue(typed, pauseMs)
  const { data, error, refetch } = useApiQuery(['judgments', 'queries', prefix], (signal) =>
    api.judgedQueries({ prefix }, { signal }),
  )
  if (data === undefined)
    return error ? <FailureNotice failure={error} onRetry={() => void refetch()} /> : <Skeleton height={160} />
  if (data.total === 0 && prefix === '') return <EmptyState title={t('noJudgments')} icon={IconClipboardCheck} />
  return (
    <Stack gap="xs">
      <TextInput
        label={t('findJudged')}
        leftSection={<IconSearch size={15} aria-hidden />}
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        dir="auto"
      />
      <Text size="sm" c="dimmed" role="status">
        {data.total === 0 ? t('noneBegin') : t('judgedQueries', { count: data.total })}
      </Text>
      <ul className={classes.judged}>
        {data.queries.map(({ query, judgments }) => (
          <li key={query}>
            <button type="button" onClick={() => onPick(query)}>
              <span dir="auto">{query}</span>
              <small>{t('judgedCount', { count: judgments })}</small>
            </button>
          </li>
        ))}
      </ul>
      {data.queries.length < data.total && (
        <Text size="xs" c="dimmed">
          {t('firstShown', { count: data.queries.length })}
        </Text>
      )}
    </Stack>
  )
}
