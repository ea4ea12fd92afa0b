import { useMessages } from '@eip/theme'
import { SegmentedControl, Switch } from '@mantine/core'
import { type ReactNode, useMemo, useRef, useState } from 'react'
import { ConnectingLines } from './connecting-lines.tsx'
import classes from './explorer.module.css'
import { explorerMessages, sideLetter } from './explorer-messages.ts'
import type { ExplorerState, Side, SideName } from './explorer-state.ts'
import { HitList } from './hit-list.tsx'
import { rankChanges } from './rank-changes.ts'
import { SideSettings } from './side-settings.tsx'
import { SideSummary } from './side-summary.tsx'
import type { SideAnswer } from './use-side.ts'

const names: readonly SideName[] = ['left', 'right']
const otherOf = { left: 'right', right: 'left' } as const

/** How many products of each list stand there until more are asked for. */
const firstShown = 20

type ComparisonProps = Readonly<{
  state: ExplorerState
  answers: Readonly<Record<SideName, SideAnswer>>
  isAsked: boolean
  /** Stands where nothing is asked yet. */
  entrance: ReactNode
  onSide: (name: SideName, side: Side) => void
  onWhy: (id: string) => void
  actions: ReactNode
}>

/** Two lists side by side, with what changed between them; on a phone, one at a time. */
export function Comparison({ state, answers, isAsked, entrance, onSide, onWhy, actions }: ComparisonProps) {
  const t = useMessages(explorerMessages)
  const [shown, setShown] = useState<SideName>('left')
  const [areAllOpen, setAllOpen] = useState(false)
  const [pointed, setPointed] = useState<string | null>(null)
  const [count, setCount] = useState(firstShown)
  const lists = { left: useRef<HTMLOListElement>(null), right: useRef<HTMLOListElement>(null) }
  const [left, right] = [answers.left.answer?.hits, answers.right.answer?.hits]
  const changes = useMemo(
    () =>
      left &&
      right &&
      rankChanges(
        left.map(({ id }) => id),
        right.map(({ id }) => id),
      ),
    [left, right],
  )
  return (
    <div>
      <div className={classes.toolbar}>
        <SegmentedControl
          className={classes.switch ?? ''}
          aria-label={t('sides')}
          size="xs"
          value={shown}
          onChange={(value) => setShown(value === 'right' ? 'right' : 'left')}
          data={names.map((value) => ({ value, label: t('side', { name: sideLetter[value] }) }))}
        />
        {actions}
        <Switch
          size="xs"
          label={t('allParts')}
          checked={areAllOpen}
          onChange={({ currentTarget }) => setAllOpen(currentTarget.checked)}
        />
      </div>
      <div className={classes.comparison} data-shown={shown}>
        {names.map((name) => (
          <section
            key={name}
            className={classes.side}
            data-side={name}
            aria-label={t('side', { name: sideLetter[name] })}
          >
            <div className={classes.sideHead}>
              <h2 className={classes.letter}>{sideLetter[name]}</h2>
              <SideSettings side={state[name]} onChange={(side) => onSide(name, side)} />
            </div>
            <SideSummary
              side={answers[name]}
              otherNdcg={name === 'right' ? answers.left.ndcg : null}
              otherName={otherOf[name]}
            />
            <div className={classes.list}>
              {isAsked && (
                <HitList
                  key={String(areAllOpen)}
                  {...{ name, count, areAllOpen, pointed, onWhy }}
                  side={answers[name]}
                  changes={changes?.[name]}
                  list={lists[name]}
                  onPoint={setPointed}
                  onMore={() => setCount(Number.POSITIVE_INFINITY)}
                />
              )}
            </div>
          </section>
        ))}
        {changes && (
          <ConnectingLines
            key={`${areAllOpen} ${count}`}
            {...{ left: lists.left, right: lists.right, pointed }}
            changes={changes.right}
          />
        )}
      </div>
      {!isAsked && <div className={classes.entrance}>{entrance}</div>}
    </div>
  )
}
