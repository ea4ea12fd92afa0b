import type { Overview } from '@eip/contracts'
import { formatDate, useLanguage, useMessages } from '@eip/theme'
import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { Panel } from '../../parts/panel.tsx'
import { overviewMessages } from './overview-messages.ts'
import { overviewUnits } from './overview-units.ts'

type Point = Overview['points'][number]
type Figure = 'queriesPerSecond' | 'p50Seconds' | 'p95Seconds' | 'cacheHitRatio' | 'lag' | 'indexedPerSecond'

/** The same figures as the charts, for who reads rather than looks; drawn only while it is open. */
export function PointsTable({ points }: Readonly<{ points: readonly Point[] }>) {
  const t = useMessages(overviewMessages)
  const [isOpen, { toggle }] = useDisclosure(false)
  return (
    <Panel
      title={t('table')}
      isFlush
      actions={
        <Button size="compact-sm" variant="default" aria-expanded={isOpen} onClick={toggle}>
          {t(isOpen ? 'tableClose' : 'tableOpen')}
        </Button>
      }
    >
      {isOpen && <Points points={points} />}
    </Panel>
  )
}

function Points({ points }: Readonly<{ points: readonly Point[] }>) {
  const t = useMessages(overviewMessages)
  const { language } = useLanguage()
  const { number, milliseconds, percent } = overviewUnits(language)
  const inMs = (seconds: number) => milliseconds(seconds * 1_000)
  const figure = (key: Figure, title: string, format: (value: number) => string): Column<Point> => ({
    ...{ key, title, isNumber: true, value: (point) => point[key] },
    cell: (point) => {
      const value = point[key]
      return value === null ? t('none') : format(value)
    },
  })
  const columns: readonly Column<Point>[] = [
    {
      ...{ key: 'at', title: t('at'), value: ({ at }) => at },
      cell: ({ at }) => <time dateTime={at}>{formatDate(at, language, 'second')}</time>,
    },
    figure('queriesPerSecond', t('searches'), number),
    figure('p50Seconds', t('halfWithin'), inMs),
    figure('p95Seconds', t('mostWithin'), inMs),
    figure('cacheHitRatio', t('cache'), percent),
    figure('lag', t('lag'), number),
    figure('indexedPerSecond', t('indexing'), number),
    {
      ...{ key: 'degraded', title: t('degraded') },
      cell: ({ degraded }) =>
        Object.entries(degraded)
          .map(([reason, rate]) => `${reason} ${number(rate)}`)
          .join(', ') || t('none'),
    },
  ]
  return (
    <DataTable
      label={t('table')}
      rows={points.toReversed()}
      columns={columns}
      rowKey={({ at }) => at}
      maxHeight="360px"
    />
  )
}
