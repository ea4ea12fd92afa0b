import type { ParkedRecord } from '@eip/contracts'
import { EmptyState, FailureNotice, useMessages } from '@eip/theme'
import { Skeleton, Text } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { api, useApiMutation, useApiQuery, useSession } from '../../api.ts'
import { useConfirm } from '../../parts/confirm.tsx'
import { Page } from '../../parts/page.tsx'
import { Panel } from '../../parts/panel.tsx'
import { ParkedDrawer } from './parked-drawer.tsx'
import { ParkedGroupPanel } from './parked-group.tsx'
import { parkedMessages } from './parked-messages.ts'
import { byReader, placeOf, placesOf } from './parked-place.ts'

const lookAgainMs = 5_000

export function ParkedPage() {
  const t = useMessages(parkedMessages)
  const state = useSession()
  const isOperator = 'session' in state && state.session.role === 'operator'
  const [opened, setOpened] = useState<ParkedRecord | null>(null)
  const { data, error, refetch } = useApiQuery(['parked'], (signal) => api.listParked({}, { signal }), {
    refetchInterval: lookAgainMs,
  })
  const { ask, retrying } = useRetry(() => setOpened(null))
  return (
    <Page title={t('title')} description={t('description')}>
      {error && <FailureNotice failure={error} onRetry={refetch} />}
      {data === undefined && !error && <Skeleton height={240} />}
      {data?.messages.length === 0 && (
        <Panel>
          <EmptyState title={t('none')} icon={IconCircleCheck}>
            {t('noneWhy')}
          </EmptyState>
        </Panel>
      )}
      {byReader(data?.messages ?? []).map((group) => (
        <ParkedGroupPanel
          key={group.reader}
          group={group}
          onInspect={setOpened}
          onRetry={isOperator ? ask : null}
          isRetrying={retrying === group.reader}
        />
      ))}
      <ParkedDrawer
        record={opened}
        onClose={() => setOpened(null)}
        onRetry={isOperator ? (record) => ask([record]) : null}
      />
    </Page>
  )
}

/** Asks, then gives messages to their reader again; `retrying` is the reader that is being given some. */
function useRetry(onDone: () => void) {
  const t = useMessages(parkedMessages)
  const confirm = useConfirm()
  const retry = useApiMutation((records: readonly ParkedRecord[]) => api.retryParked({ messages: placesOf(records) }), {
    changes: ['parked', 'topics', 'overview', 'audit'],
    said: ({ retried, absent }) =>
      [t('retried', { count: retried }), ...(absent > 0 ? [t('absent', { count: absent })] : [])].join(' · '),
  })
  const ask = (records: readonly ParkedRecord[]) => {
    const [first] = records
    if (first === undefined) return
    confirm({
      title: t('retryTitle', { count: records.length, reader: first.group }),
      body: (
        <>
          {records.length === 1 && (
            <Text size="sm" fw={550} mb={4} style={{ overflowWrap: 'anywhere' }}>
              {placeOf(first)}
            </Text>
          )}
          <Text size="sm">{t('retryBody')}</Text>
        </>
      ),
      ...{ action: t('retry'), isDestructive: false },
      onConfirm: () => retry.mutate(records, { onSuccess: onDone }),
    })
  }
  return { ask, retrying: retry.isPending ? (retry.variables[0]?.group ?? null) : null }
}
