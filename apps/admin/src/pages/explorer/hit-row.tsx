import type { SearchHit } from '@eip/contracts'
import {
  formatMoney,
  formatNumber,
  ProductPicture,
  ScoreBars,
  type ScoreScale,
  useLanguage,
  useMessages,
} from '@eip/theme'
import { ActionIcon, Badge, Button } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import classes from './explorer.module.css'
import { explorerMessages } from './explorer-messages.ts'
import { GuardNote } from './guard-note.tsx'
import type { RankChange } from './rank-changes.ts'
import { RankMark } from './rank-mark.tsx'

type HitRowProps = Readonly<{
  hit: SearchHit
  /** undefined: the other list is not there yet. */
  change: RankChange | undefined
  rank: number
  /** undefined: not judged; null: the query is not judged at all. */
  grade: number | undefined | null
  scale: ScoreScale
  isOpen: boolean
  isPointed: boolean
  otherSide: string
  onToggle: () => void
  onPoint: (id: string | null) => void
  onWhy: () => void
}>

/** One product of a list: where it stands, how it moved, and how its score came about. */
export function HitRow(props: HitRowProps) {
  const { hit, change, rank, grade, scale, isOpen, isPointed, otherSide, onToggle, onPoint, onWhy } = props
  const t = useMessages(explorerMessages)
  const { language } = useLanguage()
  const score = formatNumber(hit.score, language, { minimumFractionDigits: 3, maximumFractionDigits: 3 })
  const name = hit.title.slice(0, 80).toWellFormed()
  const facts = [hit.id, hit.brand, hit.price ? formatMoney(hit.price, language) : t('noPrice')].filter(Boolean)
  return (
    <li
      className={classes.hit}
      data-hit={hit.id}
      data-pointed={isPointed || undefined}
      onMouseEnter={() => onPoint(hit.id)}
      onMouseLeave={() => onPoint(null)}
      onFocus={() => onPoint(hit.id)}
      onBlur={() => onPoint(null)}
    >
      <div className={classes.hitHead}>
        <span className={classes.rank}>
          <b>{rank}</b>
          {change && <RankMark change={change} />}
        </span>
        <span className={classes.picture}>
          <ProductPicture image={hit.image} title={hit.title} categoryPath={hit.categoryPath} />
        </span>
        <span className={classes.what}>
          <span className={classes.title} dir="auto" title={hit.title}>
            {hit.title}
          </span>
          <span className={classes.facts}>
            {facts.map((fact) => (
              <bdi key={fact}>{fact}</bdi>
            ))}
            {change?.other === null && (
              <Button
                variant="subtle"
                size="compact-xs"
                onClick={onWhy}
                title={t('why', { title: name, name: otherSide })}
              >
                {t('whyPlain')}
              </Button>
            )}
          </span>
        </span>
        <span className={classes.points}>
          <span title={t('score')}>{score}</span>
          {hit.explanation?.guard && (
            <Badge size="sm" variant="light" color="orange" tt="none">
              {t(hit.explanation.guard.reason === 'unavailable' ? 'soldOut' : 'notThere')}
            </Badge>
          )}
          {typeof grade === 'number' && (
            <Badge size="sm" variant="light" color={grade > 0 ? 'teal' : 'gray'} tt="none">
              {t('grade', { grade })}
            </Badge>
          )}
          {grade === undefined && <span className={classes.ungraded}>{t('ungraded')}</span>}
        </span>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-expanded={isOpen}
          aria-label={t('showParts', { title: name })}
          onClick={onToggle}
          disabled={hit.explanation === undefined}
        >
          {isOpen ? <IconChevronUp size={16} aria-hidden /> : <IconChevronDown size={16} aria-hidden />}
        </ActionIcon>
      </div>
      {isOpen && hit.explanation && (
        <div className={classes.parts}>
          <GuardNote explanation={hit.explanation} />
          <ScoreBars explanation={hit.explanation} score={hit.score} scale={scale} />
        </div>
      )}
    </li>
  )
}
