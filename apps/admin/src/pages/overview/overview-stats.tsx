import type { Overview } from '@eip/contracts'
import { useLanguage, useMessages } from '@eip/theme'
import { Anchor, SimpleGrid } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Stat } from '../../parts/stat.tsx'
import { lastMinute } from './overview-figures.ts'
import { overviewMessages } from './overview-messages.ts'
import { overviewUnits } from './overview-units.ts'

/** The last minute in a row of figures. */
export function OverviewStats({ overview }: Readonly<{ overview: Overview }>) {
  const t = useMessages(overviewMessages)
  const { language } = useLanguage()
  const { number, milliseconds, percent } = overviewUnits(language)
  const { documents, parked } = overview
  const recent = lastMinute(overview)
  const shown = (value: number | null, format: (value: number) => string) =>
    value === null ? t('none') : format(value)
  const isDegraded = (recent.degradedPerSecond ?? 0) > 0
  return (
    <SimpleGrid cols={{ base: 2, sm: 4, xl: 8 }} spacing="sm" component="section" aria-label={t('figures')}>
      <Stat label={t('products')} value={number(documents)} note={t('productsNote')} />
      <Stat label={t('searches')} value={shown(recent.queriesPerSecond, number)} note={t('lastMinute')} />
      <Stat
        label={t('time')}
        value={shown(recent.p95Seconds, (seconds) => milliseconds(seconds * 1_000))}
        note={t('timeNote')}
      />
      <Stat label={t('cache')} value={shown(recent.cacheHitRatio, percent)} note={t('cacheNote')} />
      <Stat
        label={t('lag')}
        value={shown(recent.lag, number)}
        note={recent.lag === 0 ? t('upToDate') : t('lastMinute')}
        tone={recent.lag === 0 ? 'good' : undefined}
      />
      <Stat label={t('indexing')} value={shown(recent.indexedPerSecond, number)} note={t('lastMinute')} />
      <Stat
        label={t('degraded')}
        value={shown(recent.degradedPerSecond, number)}
        note={t(isDegraded ? 'degradedNote' : 'degradedNone')}
        tone={isDegraded ? 'bad' : undefined}
      />
      <Stat
        label={t('parked')}
        value={number(parked)}
        tone={parked > 0 ? 'bad' : undefined}
        note={
          parked > 0 ? (
            <Anchor size="xs" renderRoot={(props) => <Link {...props} to="/parked" />}>
              {t('seeParked')}
            </Anchor>
          ) : (
            t('parkedNone')
          )
        }
      />
    </SimpleGrid>
  )
}
