import type { Overview } from '@eip/contracts'
import { useLanguage, useMessages } from '@eip/theme'
import { Center, SimpleGrid, Text } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { LineChart, type Series } from '../../parts/line-chart.tsx'
import { Panel } from '../../parts/panel.tsx'
import { degradedSeries } from './overview-figures.ts'
import { overviewMessages } from './overview-messages.ts'
import { overviewUnits } from './overview-units.ts'

type Point = Overview['points'][number]
type ChartsProps = Readonly<{ points: readonly Point[] }>
type ChartProps = ChartsProps &
  Readonly<{
    label: string
    series: readonly Series[]
    format: (value: number) => string
    isStacked?: boolean
    isCount?: boolean
  }>

const chartHeight = 190

/** How searches were answered over the hour. */
export function SearchCharts({ points }: ChartsProps) {
  const t = useMessages(overviewMessages)
  const { number, milliseconds, percent } = overviewUnits(useLanguage().language)
  const inMs = (seconds: number | null) => (seconds === null ? null : seconds * 1_000)
  const searches = points.map(({ queriesPerSecond }) => queriesPerSecond)
  const cached = points.map(({ cacheHitRatio }) => cacheHitRatio)
  const degraded = degradedSeries(points)
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
      <Chart {...{ points, label: t('searchesChart'), format: number }} series={[one(t('searchesChart'), searches)]} />
      <Chart
        {...{ points, label: t('timeChart'), format: milliseconds }}
        series={[
          one(
            t('p50'),
            points.map(({ p50Seconds }) => inMs(p50Seconds)),
          ),
          one(
            t('p95'),
            points.map(({ p95Seconds }) => inMs(p95Seconds)),
          ),
        ]}
      />
      <Chart {...{ points, label: t('cacheChart'), format: percent }} series={[one(t('cacheChart'), cached)]} />
      {degraded.length > 0 ? (
        <Chart {...{ points, label: t('degradedChart'), format: number, series: degraded }} isStacked />
      ) : (
        <Panel title={t('degradedChart')}>
          <Center h={chartHeight} style={{ gap: 8 }} c="dimmed">
            <IconCircleCheck size={18} aria-hidden color="var(--mantine-color-teal-6)" />
            <Text size="sm">{t('nothingLacks')}</Text>
          </Center>
        </Panel>
      )}
    </SimpleGrid>
  )
}

/** How fast changes came into the search over the hour. */
export function StreamCharts({ points }: ChartsProps) {
  const t = useMessages(overviewMessages)
  const { number } = overviewUnits(useLanguage().language)
  const lag = points.map((point) => point.lag)
  const indexed = points.map(({ indexedPerSecond }) => indexedPerSecond)
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
      <Chart {...{ points, label: t('lagChart'), format: number }} series={[one(t('lagChart'), lag)]} isCount />
      <Chart {...{ points, label: t('indexingChart'), format: number }} series={[one(t('indexingChart'), indexed)]} />
    </SimpleGrid>
  )
}

const one = (name: string, values: Series['values']): Series => ({ name, values })

function Chart({ points, label, ...drawn }: ChartProps) {
  const times = points.map(({ at }) => Date.parse(at))
  const formatTime = overviewUnits(useLanguage().language).clock((times.at(-1) ?? 0) - (times[0] ?? 0))
  return (
    <Panel title={label}>
      <LineChart {...drawn} label={label} times={times} formatTime={formatTime} height={chartHeight} />
    </Panel>
  )
}
