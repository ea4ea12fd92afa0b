import type { PolicyDocument, SearchHit } from '@eip/contracts'
import {
  FailureNotice,
  formatNumber,
  ProductPicture,
  remember,
  remembered,
  ScoreBars,
  scoreScale,
  useLanguage,
  useMessages,
} from '@eip/theme'
import { ActionIcon, Autocomplete, Badge, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconChevronDown, IconSearch } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api.ts'
import { Panel } from '../../parts/panel.tsx'
import { type RankChange, rankChanges } from '../explorer/rank-changes.ts'
import { RankMark } from '../explorer/rank-mark.tsx'
import classes from './policy.module.css'
import { policyMessages } from './policy-messages.ts'

const size = 12
const queriesKept = 8
const queriesKey = 'eip-policy-queries'

const lastQueries = (): string[] => (remembered(queriesKey) ?? '').split('\n').filter((query) => query !== '')

type PreviewPanelProps = Readonly<{ document: PolicyDocument; isChanged: boolean }>

/** A query's list as published beside the list by the draft, kept up with every change. */
export function PreviewPanel({ document, isChanged }: PreviewPanelProps) {
  const t = useMessages(policyMessages)
  const [queries, setQueries] = useState(lastQueries)
  const [typed, setTyped] = useState(queries[0] ?? '')
  const [query] = useDebouncedValue(typed.trim(), 300)
  const [draft] = useDebouncedValue(document, 250)
  const published = useSide(query, null)
  const drafted = useSide(query, isChanged ? draft : null)
  const [left, right] = [published.data?.answer.hits ?? [], drafted.data?.answer.hits ?? []]
  const moved = rankChanges(
    left.map(({ id }) => id),
    right.map(({ id }) => id),
  )
  const scale = scoreScale([...left, ...right].flatMap(({ explanation }) => (explanation ? [explanation] : [])))
  const keep = () => {
    if (query === '') return
    const next = [query, ...queries.filter((each) => each !== query)].slice(0, queriesKept)
    setQueries(next)
    remember(queriesKey, next.join('\n'))
  }
  const failure = published.error ?? drafted.error
  return (
    <Panel title={t('preview')}>
      <Stack gap="md">
        <Autocomplete
          label={t('previewQuery')}
          description={t('previewHint')}
          leftSection={<IconSearch size={15} aria-hidden />}
          data={queries}
          value={typed}
          onChange={setTyped}
          onBlur={keep}
        />
        {failure && <FailureNotice failure={failure} />}
        <div className={classes.lists}>
          <SideList title={t('byPublished')} side={published.data} changes={null} scale={scale} />
          <SideList title={t('byDraft')} side={drafted.data} changes={moved.right} scale={scale} />
        </div>
      </Stack>
    </Panel>
  )
}

/** A search by the published policy (null) or by a document, with its grades where it is judged. */
const useSide = (query: string, policy: PolicyDocument | null) =>
  useQuery({
    queryKey: ['preview', query, policy],
    placeholderData: keepPreviousData,
    async queryFn({ signal }) {
      const asked = { query, size, facets: [], explain: true, ...(policy && { policy: { ...policy } }) }
      const answer = await api.previewSearch(asked, { signal })
      const ids = answer.hits.map(({ id }) => id)
      const judged = query === '' ? null : await api.judge({ query, ids }, { signal })
      return { answer, ndcg: judged?.['ndcg@10'] ?? null }
    },
  })

type Side = NonNullable<ReturnType<typeof useSide>['data']>

type SideListProps = Readonly<{
  title: string
  side: Side | undefined
  /** null: this is the list that the other is compared with. */
  changes: ReadonlyMap<string, RankChange> | null
  scale: ReturnType<typeof scoreScale>
}>

function SideList({ title, side, changes, scale }: SideListProps) {
  const t = useMessages(policyMessages)
  const { language } = useLanguage()
  const [open, setOpen] = useState<string | null>(null)
  return (
    <section aria-label={title}>
      <Title order={3} size="h6" mb={4}>
        {title}{' '}
        {side?.ndcg !== null && side !== undefined && (
          <Badge variant="light" tt="none">
            {t('ndcg', { value: formatNumber(side.ndcg, language, { maximumFractionDigits: 4 }) })}
          </Badge>
        )}
      </Title>
      {side === undefined ? (
        <Skeleton height={280} />
      ) : side.answer.hits.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('noHits')}
        </Text>
      ) : (
        <ol className={classes.list}>
          {side.answer.hits.map((hit, at) => (
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
  scale: ReturnType<typeof scoreScale>
  isOpen: boolean
  onToggle: () => void
}>

function HitLine({ hit, rank, change, scale, isOpen, onToggle }: HitLineProps) {
  const t = useMessages(policyMessages)
  return (
    <li className={classes.hit}>
      <Text span size="sm" c="dimmed">
        {rank} {change && <RankMark change={change} />}
      </Text>
      <span className={classes.picture}>
        <ProductPicture image={hit.image} title={hit.title} categoryPath={hit.categoryPath} />
      </span>
      <Text span size="sm" lineClamp={2} dir="auto" title={hit.title}>
        {hit.title}
      </Text>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-expanded={isOpen}
        aria-label={t('showParts', { title: hit.title.slice(0, 80) })}
        onClick={onToggle}
      >
        <IconChevronDown size={15} aria-hidden />
      </ActionIcon>
      {isOpen && hit.explanation && (
        <div className={classes.parts}>
          <ScoreBars explanation={hit.explanation} score={hit.score} scale={scale} />
        </div>
      )}
    </li>
  )
}
