import { useMessages } from '@eip/theme'
import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { api, useApiQuery } from '../../api.ts'
import { Page } from '../../parts/page.tsx'
import { Panel } from '../../parts/panel.tsx'
import { enginesMessages } from './engines-messages.ts'
import { PoolsTable } from './pools-table.tsx'
import { ProcessesTable } from './processes-table.tsx'
import { ViewsTable } from './views-table.tsx'

const lookAgainMs = 3_000

export function EnginesPage() {
  const t = useMessages(enginesMessages)
  const options = { refetchInterval: lookAgainMs }
  const engines = useApiQuery(['engines'], (signal) => api.listEngines({}, { signal }), options)
  const views = useApiQuery(['views'], (signal) => api.indexStatus({}, { signal }), options)
  const asked = { processes: engines.data?.processes, failure: engines.error, onRetry: engines.refetch }
  const lagLink = (
    <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/topics" />}>
      {t('lagLink')}
    </Anchor>
  )
  return (
    <Page title={t('title')} description={t('description')} actions={lagLink}>
      <Panel title={t('processes')} isFlush>
        <ProcessesTable {...asked} />
      </Panel>
      <Panel title={t('views')} isFlush>
        <ViewsTable views={views.data?.generations} failure={views.error} onRetry={views.refetch} />
      </Panel>
      <Panel title={t('pools')} isFlush>
        <PoolsTable {...asked} />
      </Panel>
    </Page>
  )
}
