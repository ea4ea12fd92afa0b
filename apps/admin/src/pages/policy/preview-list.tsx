import type { SearchHit } from '@eip/contracts'
import { formatNumber, ProductPicture, ScoreBars, type ScoreScale, useLanguage, useMessages } from '@eip/theme'
import { ActionIcon, Badge, Skeleton, Text, Title } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import type { RankChange } from '../explorer/rank-changes.ts'
import { RankMark } from '../explorer/rank-mark.tsx'
import classes from './policy.module.css'
import { policyMessages } from './policy-messages.ts'
import type { Preview } from './use-preview.ts'

type PreviewListProps = Readonly<{
  title: string
  /** undefined: it is on its way. */
  preview: Preview | undefined
  hits: readonly SearchHit[]
  /** null: this is the list that the other is compared with. */
  changes: ReadonlyMap<string, RankChange> | null
  scale: ScoreScale
}>

/** The first products by one policy; each shows how its score came about. */
export function PreviewList({ title, preview, hits, changes, scale }: PreviewListProps) {
  const t = useMessages(policyMessages)
  const { language } = useLanguage()
  const [open, setOpen] = useState<string | null>(null)
  return (
    <section aria-label={title}>
      <Title order={3} size="h6" mb={4}>
        {title}{' '}
        {typeof preview?.ndcg === 'number' && (
          <Badge variant="light" tt="none">
            {t('ndcg', { value: formatNumber(preview.ndcg, language, { maximumFractionDigits: 4 }) })}
          </Badge>
        )}
      </Title>
      {preview === undefined ? (
        <Skeleton height={280} />
      ) : hits.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('noHits')}
        </Text>
      ) : (
        <ol className={classes.list} data-compared={changes !== null || undefined}>
          {hits.map((hit, at) => (
            <HitLine
              key={hit.id}
              hit={hit}
              rank={at + 1}
              change={changes?.get(hit.id)}
              scale={scale}
              isOpen={open === hit.id}
              onToggle={() => setOpen(open === hit.id ? null : hit.id)}
            />
          ))}
        </ol>
      )}
    </section>
  )
}

type HitLineProps = Readonly<{
  hit: SearchHit
  rank: number
  change: RankChange | undefined
  scale: ScoreScale
  isOpen: boolean
  onToggle: () => void
}>

function HitLine({ hit, rank, change, scale, isOpen, onToggle }: HitLineProps) {
  const t = useMessages(policyMessages)
  return (
    <li className={classes.hit} data-hit={hit.id}>
      <span className={classes.rank}>
        {rank} {change && <RankMark change={change} />}
      </span>
      <span className={classes.picture}>
        <ProductPicture image={hit.image} title={hit.title} categoryPath={hit.categoryPath} />
      </span>
      <Text span size="sm" lineClamp={2} dir="auto" title={hit.title}>
        {hit.title}
      </Text>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-expanded={isOpen}
        aria-label={t('showParts', { title: hit.title.slice(0, 80).toWellFormed() })}
        onClick={onToggle}
      >
        <IconChevronDown size={15} aria-hidden className={classes.chevron} />
      </ActionIcon>
      {isOpen && hit.explanation && (
        <div className={classes.parts}>
          <ScoreBars explanation={hit.explanation} score={hit.score} scale={scale} />
        </div>
      )}
    </li>
  )
}
