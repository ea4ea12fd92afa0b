import type { Overview } from '@eip/contracts'
import { EmptyState, FailureNotice, useMessages } from '@eip/theme'
import { Button, Skeleton } from '@mantine/core'
import { IconBuildingStore, IconChartLine } from '@tabler/icons-react'
import { api, useApiQuery } from '../../api.ts'
import { Page } from '../../parts/page.tsx'
import { Panel } from '../../parts/panel.tsx'
import { SearchCharts, StreamCharts } from './overview-charts.tsx'
import { overviewMessages } from './overview-messages.ts'
import { OverviewStats } from './overview-stats.tsx'
import { OverviewVersions } from './overview-versions.tsx'
import { PointsTable } from './points-table.tsx'

const lookAgainMs = 5_000

export function OverviewPage() {
  const t = useMessages(overviewMessages)
  const { data, error, refetch } = useApiQuery(['overview'], (signal) => api.overview({}, { signal }), {
    refetchInterval: lookAgainMs,
  })
  return (
    <Page
      title={t('title')}
      description={data ? t('description', { seconds: data.intervalSeconds }) : t('descriptionWaiting')}
    >
      {error && <FailureNotice failure={error} onRetry={refetch} />}
      {data === undefined && !error && <Skeleton height={320} />}
      {data && <Measured overview={data} />}
    </Page>
  )
}

function Measured({ overview }: Readonly<{ overview: Overview }>) {
  const { points, versions } = overview
  const isQuiet = points.every(({ queriesPerSecond }) => queriesPerSecond === 0)
  return (
    <>
      <OverviewStats overview={overview} />
      <OverviewVersions versions={versions} />
      {isQuiet ? <Quiet /> : <SearchCharts points={points} />}
      {points.length > 0 && <StreamCharts points={points} />}
      {points.length > 0 && <PointsTable points={points} />}
    </>
  )
}

function Quiet() {
  const t = useMessages(overviewMessages)
  return (
    <Panel>
      <EmptyState
        title={t('quiet')}
        icon={IconChartLine}
        actions={
          <Button component="a" href="/" variant="light" leftSection={<IconBuildingStore size={16} aria-hidden />}>
            {t('openShop')}
          </Button>
        }
      >
        {t('quietWhy')}
      </EmptyState>
    </Panel>
  )
}
