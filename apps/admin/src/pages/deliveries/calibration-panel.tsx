import type { Calibration } from '@eip/contracts'
import { EmptyState, FailureNotice, formatNumber, useLanguage, useMessages } from '@eip/theme'
import { SimpleGrid, Skeleton, Stack, Text } from '@mantine/core'
import { api, useApiQuery } from '../../api.ts'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { Panel } from '../../parts/panel.tsx'
import { Stat } from '../../parts/stat.tsx'
import classes from './deliveries.module.css'
import { deliveriesMessages } from './deliveries-messages.ts'
import { type CalibrationBin, isBelow } from './reliability.ts'
import { ReliabilityDiagram } from './reliability-diagram.tsx'

const lookAgainMs = 15_000

/** Promises beside what came of them. */
export function CalibrationPanel() {
  const t = useMessages(deliveriesMessages)
  const { data, error, refetch } = useApiQuery(
    ['deliveries', 'calibration'],
    (signal) => api.deliveryCalibration({}, { signal }),
    { refetchInterval: lookAgainMs },
  )
  return (
    <Panel title={t('calibration')}>
      <Text size="xs" c="dimmed" mb="md" maw={900}>
        {t('calibrationLead')}
      </Text>
      {data === undefined &&
        (error ? <FailureNotice failure={error} onRetry={() => void refetch()} /> : <Skeleton height={300} />)}
      {data?.deliveries === 0 && <EmptyState title={t('noCalibration')}>{t('noCalibrationWhy')}</EmptyState>}
      {data !== undefined && data.deliveries > 0 && (
        <div className={classes.calibration}>
          <ReliabilityDiagram bins={data.bins} deliveries={data.deliveries} />
          <Stack gap="md" miw={0}>
            <CalibrationStats calibration={data} />
            <BinsTable bins={data.bins} />
          </Stack>
        </div>
      )}
    </Panel>
  )
}

function CalibrationStats({ calibration }: Readonly<{ calibration: Calibration }>) {
  const t = useMessages(deliveriesMessages)
  const { language } = useLanguage()
  const { brier, baseBrier, meanAbsoluteError, carrierMeanAbsoluteError } = calibration
  const four = (value: number | null) =>
    value === null ? t('unset') : formatNumber(value, language, { maximumFractionDigits: 4 })
  const days = (value: number | null) =>
    value === null ? t('unset') : t('days', { value: formatNumber(value, language, { maximumFractionDigits: 2 }) })
  const tone = (isGood: boolean | undefined) => (isGood === undefined ? undefined : isGood ? 'good' : 'bad')
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      <Stat
        label={t('brier')}
        value={four(brier)}
        note={t('brierBase', { value: four(baseBrier) })}
        tone={tone(isBelow(brier, baseBrier))}
      />
      <Stat
        label={t('error')}
        value={days(meanAbsoluteError)}
        note={t('errorBase', { value: days(carrierMeanAbsoluteError) })}
        tone={tone(isBelow(meanAbsoluteError, carrierMeanAbsoluteError))}
      />
    </SimpleGrid>
  )
}

function BinsTable({ bins }: Readonly<{ bins: readonly CalibrationBin[] }>) {
  const t = useMessages(deliveriesMessages)
  const { language } = useLanguage()
  const percent = (share: number | null) =>
    share === null ? t('unset') : formatNumber(share, language, { style: 'percent', maximumFractionDigits: 1 })
  const columns: readonly Column<CalibrationBin>[] = [
    { ...{ key: 'step', title: t('step') }, cell: ({ from, to }) => `${percent(from)} – ${percent(to)}` },
    { ...{ key: 'said', title: t('said'), isNumber: true }, cell: ({ said }) => percent(said) },
    { ...{ key: 'came', title: t('came'), isNumber: true }, cell: ({ came }) => percent(came) },
    {
      ...{ key: 'deliveries', title: t('deliveriesTitle'), isNumber: true },
      cell: ({ deliveries }) => formatNumber(deliveries, language),
    },
  ]
  return (
    <DataTable
      label={t('calibration')}
      rows={bins}
      columns={columns}
      rowKey={({ from }) => String(from)}
      maxHeight="340px"
    />
  )
}
