import type { ProductImport } from '@eip/contracts'
import { EmptyState, formatDate, formatNumber, useLanguage, useMessages } from '@eip/theme'
import { Anchor } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { api, useApiQuery, useSession } from '../../api.ts'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { Page } from '../../parts/page.tsx'
import { Panel } from '../../parts/panel.tsx'
import { ImportBadge, ImportProgress } from './import-state.tsx'
import { importsMessages } from './imports-messages.ts'
import { NewImport } from './new-import.tsx'

const lookAgainMs = 1_500

export function ImportsPage() {
  const t = useMessages(importsMessages)
  const { language } = useLanguage()
  const state = useSession()
  const navigate = useNavigate()
  const canImport = 'session' in state && state.session.role !== 'viewer'
  const { data, error, refetch } = useApiQuery(['imports'], (signal) => api.listImports({}, { signal }), {
    refetchInterval: lookAgainMs,
  })
  const number = (value: number) => formatNumber(value, language)
  const columns: readonly Column<ProductImport>[] = [
    {
      ...{ key: 'file', title: t('file'), value: ({ fileName }) => fileName },
      cell: ({ id, fileName }) => (
        <Anchor size="sm" fw={550} renderRoot={(props) => <Link {...props} to="/imports/$id" params={{ id }} />}>
          {fileName}
        </Anchor>
      ),
    },
    {
      ...{ key: 'state', title: t('state'), width: 200, value: ({ state: is }) => is },
      cell: (given) => (
        <>
          <ImportBadge state={given.state} />
          <ImportProgress given={given} />
        </>
      ),
    },
    {
      ...{ key: 'rows', title: t('rows'), isNumber: true, value: ({ rows }) => rows.read },
      cell: ({ rows }) => number(rows.read),
    },
    {
      ...{ key: 'kept', title: t('kept'), isNumber: true, value: ({ rows }) => rows.kept },
      cell: ({ rows }) => number(rows.kept),
    },
    {
      ...{ key: 'setAside', title: t('setAside'), isNumber: true, value: ({ rows }) => rows.setAside },
      cell: ({ rows }) => number(rows.setAside),
    },
    {
      ...{ key: 'started', title: t('started'), value: ({ startedAt }) => startedAt },
      cell: ({ startedAt }) => <time dateTime={startedAt}>{formatDate(startedAt, language)}</time>,
    },
    { ...{ key: 'by', title: t('by'), value: ({ startedBy }) => startedBy }, cell: ({ startedBy }) => startedBy },
  ]
  return (
    <Page title={t('title')} description={t('description')}>
      {canImport && <NewImport imports={data?.imports ?? []} />}
      <Panel isFlush>
        <DataTable
          label={t('title')}
          rows={data?.imports}
          columns={columns}
          rowKey={({ id }) => id}
          failure={error}
          onRetry={refetch}
          onRow={({ id }) => navigate({ to: '/imports/$id', params: { id } })}
          empty={<EmptyState title={t('none')}>{t('noneWhy')}</EmptyState>}
        />
      </Panel>
    </Page>
  )
}
