import { EmptyState, FailureNotice, scoreScale, useMessages } from '@eip/theme'
import { Button, Skeleton } from '@mantine/core'
import { IconSearchOff } from '@tabler/icons-react'
import { type RefObject, useMemo, useState } from 'react'
import classes from './explorer.module.css'
import { explorerMessages, sideLetter } from './explorer-messages.ts'
import type { SideName } from './explorer-state.ts'
import { HitRow } from './hit-row.tsx'
import type { RankChange } from './rank-changes.ts'
import type { SideAnswer } from './use-side.ts'

type HitListProps = Readonly<{
  name: SideName
  side: SideAnswer
  /** undefined: the other list is not there yet. */
  changes: ReadonlyMap<string, RankChange> | undefined
  count: number
  areAllOpen: boolean
  pointed: string | null
  list: RefObject<HTMLOListElement | null>
  onPoint: (id: string | null) => void
  onWhy: (id: string) => void
  onMore: () => void
}>

/** The products of one side. */
export function HitList({
  name,
  side,
  changes,
  count,
  areAllOpen,
  pointed,
  list,
  onPoint,
  onWhy,
  onMore,
}: HitListProps) {
  const t = useMessages(explorerMessages)
  /** Those that are not as `areAllOpen` says. */
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set())
  const hits = side.answer?.hits
  const scale = useMemo(() => scoreScale((hits ?? []).flatMap(({ explanation }) => explanation ?? [])), [hits])
  if (side.lacksDraft) return <EmptyState title={t('draftGone')}>{t('draftGoneLead')}</EmptyState>
  if (hits === undefined && side.failure)
    return (
      <div className={classes.notice}>
        <FailureNotice failure={side.failure} onRetry={side.retry} />
      </div>
    )
  if (hits === undefined) return <Waiting />
  if (hits.length === 0)
    return (
      <EmptyState title={t('nothing')} icon={IconSearchOff}>
        {t('nothingLead')}
      </EmptyState>
    )
  const turn = (id: string) =>
    setTurned((before) => new Set(before.has(id) ? [...before].filter((other) => other !== id) : [...before, id]))
  return (
    <>
      <ol className={classes.hits} ref={list} aria-label={t('results', { name: sideLetter[name] })}>
        {hits.slice(0, count).map((hit, at) => (
          <HitRow
            key={hit.id}
            hit={hit}
            rank={at + 1}
            change={changes?.get(hit.id)}
            grade={side.ndcg === null ? null : side.grades[hit.id]}
            scale={scale}
            isOpen={areAllOpen !== turned.has(hit.id)}
            isPointed={pointed === hit.id}
            otherSide={sideLetter[name === 'left' ? 'right' : 'left']}
            onToggle={() => turn(hit.id)}
            onPoint={onPoint}
            onWhy={() => onWhy(hit.id)}
          />
        ))}
      </ol>
      {hits.length > count && (
        <div className={classes.more}>
          <Button variant="subtle" size="compact-sm" onClick={onMore}>
            {t('more', { count: hits.length })}
          </Button>
        </div>
      )}
    </>
  )
}

const Waiting = () => (
  <div className={classes.waiting}>
    {[1, 2, 3, 4, 5, 6].map((row) => (
      <Skeleton key={row} height={44} />
    ))}
  </div>
)
