import type { PolicyDocument, PublishedPolicy } from '@eip/contracts'
import { useMessages } from '@eip/theme'
import { Button, Group, Modal, Skeleton } from '@mantine/core'
import { useState } from 'react'
import { api, useApiMutation, useApiQuery } from '../../api.ts'
import { DataTable } from '../../parts/data-table.tsx'
import { Panel } from '../../parts/panel.tsx'
import { ChangesTable } from './changes-table.tsx'
import { NoteDialog } from './note-dialog.tsx'
import { changes } from './policy-document.ts'
import { policyMessages } from './policy-messages.ts'
import { useVersionColumns, type Version } from './use-version-columns.tsx'

type HistoryPanelProps = Readonly<{
  current: PublishedPolicy
  versions: readonly Version[]
  canChange: boolean
  titleOf: (path: string) => string
  /** With what documents from before said nothing of. */
  complete: (document: PolicyDocument) => PolicyDocument
}>

/** Every published version; any can be compared with the current one, and brought back. */
export function HistoryPanel({ current, versions, canChange, titleOf, complete }: HistoryPanelProps) {
  const t = useMessages(policyMessages)
  const [compared, setCompared] = useState<number | null>(null)
  const [returning, setReturning] = useState<number | null>(null)
  const rollBack = useApiMutation(
    ({ version, note }: { version: number; note: string }) => api.rollBackPolicy({ version, note }),
    {
      changes: ['policies', 'preview', 'audit'],
      said: ({ version }, input) => t('rolledBack', { version, from: input.version }),
    },
  )
  const columns = useVersionColumns({
    current: current.version,
    actions: (version) => (
      <Group gap={6} wrap="nowrap" justify="flex-end">
        <Button size="compact-sm" variant="default" onClick={() => setCompared(version)}>
          {t('compare')}
        </Button>
        {canChange && (
          <Button size="compact-sm" variant="light" onClick={() => setReturning(version)}>
            {t('rollBack', { version })}
          </Button>
        )}
      </Group>
    ),
  })
  return (
    <Panel title={t('history')} isFlush>
      <DataTable
        label={t('history')}
        rows={versions}
        columns={columns}
        rowKey={({ version }) => String(version)}
        maxHeight="420px"
      />
      {compared !== null && (
        <Modal opened onClose={() => setCompared(null)} title={t('compareTitle', { version: compared })} size="lg">
          <Comparison version={compared} current={current} titleOf={titleOf} complete={complete} />
        </Modal>
      )}
      {returning !== null && (
        <NoteDialog
          title={t('rollBackTitle', { version: returning })}
          body={t('rollBackBody')}
          action={t('rollBack', { version: returning })}
          isBusy={rollBack.isPending}
          onClose={() => setReturning(null)}
          onConfirm={(note) => rollBack.mutate({ version: returning, note }, { onSuccess: () => setReturning(null) })}
        >
          <Comparison version={returning} current={current} titleOf={titleOf} complete={complete} isReturn />
        </NoteDialog>
      )}
    </Panel>
  )
}

type ComparisonProps = Readonly<{ version: number; isReturn?: boolean }> &
  Pick<HistoryPanelProps, 'current' | 'titleOf' | 'complete'>

/** Between that version and now; `isReturn`: from now to that version. */
function Comparison({ version, current, titleOf, complete, isReturn = false }: ComparisonProps) {
  const t = useMessages(policyMessages)
  const { data } = useApiQuery(['policies', version], (signal) => api.getPolicy({ version }, { signal }))
  if (data === undefined) return <Skeleton height={120} />
  const that = complete(data.document)
  const [from, to] = isReturn ? [current.document, that] : [that, current.document]
  const names = [t('thatVersion', { version }), t('now')] as const
  const [before, after] = isReturn ? [names[1], names[0]] : names
  return <ChangesTable changes={changes(from, to)} before={before} after={after} titleOf={titleOf} />
}
