import { useMessages } from '@eip/theme'
import { api, useApiQuery } from '../../api.ts'
import { Page } from '../../parts/page.tsx'
import { Panel } from '../../parts/panel.tsx'
import { ServicesTable } from './services-table.tsx'
import { StreamPanel } from './stream-panel.tsx'
import { topicsMessages } from './topics-messages.ts'
import { TopicsTable } from './topics-table.tsx'

const lookAgainMs = 3_000

export function TopicsPage() {
  const t = useMessages(topicsMessages)
  const options = { refetchInterval: lookAgainMs }
  const services = useApiQuery(['services'], (signal) => api.listServices({}, { signal }), options)
  const topics = useApiQuery(['topics'], (signal) => api.listTopics({}, { signal }), options)
  return (
    <Page title={t('title')} description={t('description')}>
      <Panel title={t('services')} isFlush>
        <ServicesTable services={services.data?.services} failure={services.error} onRetry={services.refetch} />
      </Panel>
      {(topics.data || !topics.error) && <StreamPanel topics={topics.data?.topics} />}
      <Panel title={t('readersPanel')} isFlush>
        <TopicsTable topics={topics.data?.topics} failure={topics.error} onRetry={topics.refetch} />
      </Panel>
    </Page>
  )
}
