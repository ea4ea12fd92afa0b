import type { TopicRecord } from '@eip/contracts'
import { useMessages } from '@eip/theme'
import { Skeleton } from '@mantine/core'
import { useMemo } from 'react'
import { Panel } from '../../parts/panel.tsx'
import classes from './stream-drawing.module.css'
import { StreamDrawing } from './stream-drawing.tsx'
import { streamMap } from './stream-map.ts'
import { topicsMessages } from './topics-messages.ts'

/** The drawing, and what its signs mean: those that occur. `topics` undefined: they are on their way. */
export function StreamPanel({ topics }: Readonly<{ topics: readonly TopicRecord[] | undefined }>) {
  const t = useMessages(topicsMessages)
  const map = useMemo(() => streamMap(topics ?? []), [topics])
  return (
    <Panel title={t('stream')}>
      {topics === undefined ? <Skeleton height={220} /> : <StreamDrawing map={map} />}
      <ul className={classes.legend}>
        {map.read.some(({ isFollowing }) => isFollowing) && (
          <li>
            <span className={classes.sign} />
            {t('legendFollows')}
          </li>
        )}
        {map.readers.some(({ isBehind, hasParked }) => isBehind && !hasParked) && (
          <li>
            <span className={classes.sign} data-mark="behind" />
            {t('legendBehind')}
          </li>
        )}
        {map.readers.some(({ hasParked }) => hasParked) && (
          <li>
            <span className={classes.sign} data-mark="parked" />
            {t('legendParked')}
          </li>
        )}
      </ul>
    </Panel>
  )
}
