import type { SearchOutput } from '@eip/contracts'
import { formatDuration, formatNumber, useLanguage, useMessages } from '@eip/theme'
import { Button, Collapse } from '@mantine/core'
import { IconAlertTriangle, IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { useId, useState } from 'react'
import classes from './explorer.module.css'
import { explorerMessages, sideLetter } from './explorer-messages.ts'
import type { SideName } from './explorer-state.ts'
import { QuerySteps } from './query-steps.tsx'
import { queryStepsMessages } from './query-steps-messages.ts'
import type { SideAnswer } from './use-side.ts'

type SideSummaryProps = Readonly<{
  side: SideAnswer
  /** What the other side's list is worth; null: nothing to compare with. */
  otherNdcg: number | null
  otherName: SideName
}>

/** What a side found, how long it took, how good its list is, and how the query was read. */
export function SideSummary({ side: { answer, tookMs, ndcg }, otherNdcg, otherName }: SideSummaryProps) {
  const t = useMessages(explorerMessages)
  const { language } = useLanguage()
  if (answer === undefined) return <div />
  const three = (value: number, sign = false) =>
    formatNumber(value, language, {
      ...{ minimumFractionDigits: 3, maximumFractionDigits: 3 },
      ...(sign && { signDisplay: 'exceptZero' }),
    })
  const difference = ndcg !== null && otherNdcg !== null ? ndcg - otherNdcg : null
  return (
    <div className={classes.summary}>
      <dl className={classes.figures}>
        <div>
          <dt>{t('found', { count: answer.total })}</dt>
        </div>
        <div>
          <dt>{t('took')}</dt>
          <dd title={t('tookHint')}>{tookMs === undefined ? '–' : formatDuration(tookMs, language)}</dd>
        </div>
        <div>
          <dt>{t('ndcg')}</dt>
          <dd
            data-tone={
              difference !== null && Math.abs(difference) >= 0.0005 ? (difference > 0 ? 'good' : 'bad') : undefined
            }
          >
            {ndcg === null ? t('notJudged') : three(ndcg)}
            {difference !== null && Math.abs(difference) >= 0.0005 && (
              <span title={t('better', { change: three(difference, true), name: sideLetter[otherName] })}>
                {' '}
                {three(difference, true)}
              </span>
            )}
          </dd>
        </div>
        <div>
          <dt>{t('policyUsed')}</dt>
          <dd>{answer.versions.policy}</dd>
        </div>
        <div>
          <dt>{t('encoderUsed')}</dt>
          <dd>{answer.versions.encoder ?? t('wordsOnly')}</dd>
        </div>
      </dl>
      <Caveats answer={answer} />
      <Reading answer={answer} />
    </div>
  )
}

/** What was given up, and what is missing. */
function Caveats({ answer: { relaxed, degraded, query } }: Readonly<{ answer: SearchOutput }>) {
  const t = useMessages(explorerMessages)
  const given = relaxed.map((what) => (what === 'filters' ? t('chosenFilters') : t(what)))
  const lines = [
    ...(given.length > 0 ? [`${t('relaxed')}: ${given.join(', ')}`] : []),
    ...degraded.map(({ part, reason }) => t('degraded', { part, reason })),
  ]
  return (
    <>
      {lines.map((line) => (
        <p key={line} className={classes.caveat}>
          <IconAlertTriangle size={15} aria-hidden /> {line}
        </p>
      ))}
      {query.didYouMean && <p className={classes.plain}>{t('didYouMean', { text: query.didYouMean })}</p>}
    </>
  )
}

/** What was read in the query, and each step from the text to the search. */
function Reading({ answer: { query } }: Readonly<{ answer: SearchOutput }>) {
  const t = useMessages(explorerMessages)
  const named = useMessages(queryStepsMessages)
  const [isOpen, setOpen] = useState(false)
  const id = useId()
  const steps = query.steps ?? []
  const Icon = isOpen ? IconChevronUp : IconChevronDown
  return (
    <div>
      <div className={classes.slots}>
        <Button
          variant="subtle"
          size="compact-xs"
          rightSection={<Icon size={14} aria-hidden />}
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setOpen(!isOpen)}
        >
          {t('reading')}
        </Button>
        {query.slots.map(({ kind, value, attribute, effect, reason, start }) => (
          <span key={`${start} ${kind} ${value}`} className={classes.slot} data-effect={effect} title={reason}>
            {t('slot', { kind: attribute ?? named(kind), value })} · {t(effect)}
          </span>
        ))}
      </div>
      <Collapse expanded={isOpen} id={id}>
        {steps.length === 0 ? <p className={classes.plain}>{t('readNothing')}</p> : <QuerySteps steps={steps} />}
      </Collapse>
    </div>
  )
}
