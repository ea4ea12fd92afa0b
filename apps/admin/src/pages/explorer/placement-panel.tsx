import type { Placement } from '@eip/contracts'
import { FailureNotice, formatNumber, ScoreBars, useLanguage, useMessages } from '@eip/theme'
import { ActionIcon, Skeleton, Text } from '@mantine/core'
import { IconCircleOff, IconMapPinFilled, IconX } from '@tabler/icons-react'
import { api, useApiQuery } from '../../api.ts'
import { Panel } from '../../parts/panel.tsx'
import classes from './explorer.module.css'
import { explorerMessages, sideLetter } from './explorer-messages.ts'
import type { SideName } from './explorer-state.ts'
import { GuardNote } from './guard-note.tsx'
import type { PreviewRequest } from './preview-request.ts'
import type { SideAnswer } from './use-side.ts'

type PlacementPanelProps = Readonly<{
  product: string
  answers: Readonly<Record<SideName, SideAnswer>>
  onClose: () => void
}>

/** Where one product stands on both sides, or every reason why it does not. */
export function PlacementPanel({ product, answers, onClose }: PlacementPanelProps) {
  const t = useMessages(explorerMessages)
  return (
    <Panel
      title={t('placement', { product })}
      actions={
        <ActionIcon variant="subtle" color="gray" aria-label={t('close')} onClick={onClose}>
          <IconX size={16} aria-hidden />
        </ActionIcon>
      }
    >
      <div className={classes.placements}>
        {(['left', 'right'] as const).map((name) => (
          <SidePlacement key={name} name={name} product={product} request={answers[name].request} />
        ))}
      </div>
    </Panel>
  )
}

type SidePlacementProps = Readonly<{ name: SideName; product: string; request: PreviewRequest | null }>

function SidePlacement({ name, product, request }: SidePlacementProps) {
  const { data, error, refetch } = useApiQuery(
    ['explorer', 'placement', product, request],
    (signal) => api.placement({ ...request!, product }, { signal }),
    { enabled: request !== null },
  )
  return (
    <div className={classes.placement}>
      <span className={classes.letter}>{sideLetter[name]}</span>
      <div className={classes.grow} role="status">
        {data ? (
          <PlacementAnswer placement={data} />
        ) : error ? (
          <FailureNotice failure={error} onRetry={() => void refetch()} />
        ) : (
          <Skeleton height={40} />
        )}
      </div>
    </div>
  )
}

type Absence = Extract<Placement, { outcome: 'absent' }>['reasons'][number]

const reasonKeys = {
  unknown: 'unknown',
  filter: 'byFilter',
  words: 'byWords',
  guard: 'byGuard',
  depth: 'byDepth',
} as const

function PlacementAnswer({ placement }: Readonly<{ placement: Placement }>) {
  const t = useMessages(explorerMessages)
  const { language } = useLanguage()
  const detailOf = (absence: Absence): string => {
    if (absence.reason === 'depth') return t('depthDetail', { total: absence.total, ranked: absence.ranked })
    if (absence.reason === 'guard') return t(absence.guard)
    if (absence.reason !== 'words') return absence.detail
    const { words, meaning } = absence
    const share = (value: number) =>
      formatNumber(value, language, { minimumFractionDigits: 3, maximumFractionDigits: 3 })
    return [
      ...(words ? [t('wordsDetail', words)] : []),
      ...(meaning?.cosine === null ? [t('noVector')] : []),
      ...(meaning && meaning.cosine !== null
        ? [t('nearDetail', { cosine: share(meaning.cosine), floor: share(meaning.floor) })]
        : []),
    ].join(' ')
  }
  if (placement.outcome === 'found') {
    const { rank, hit } = placement
    const score = formatNumber(hit.score, language, { minimumFractionDigits: 3, maximumFractionDigits: 3 })
    return (
      <>
        <p className={classes.outcome}>
          <IconMapPinFilled size={16} aria-hidden /> {t('foundAt', { rank, score })}
        </p>
        <Text size="sm" lineClamp={2} dir="auto" mb={6}>
          {hit.title}
        </Text>
        <GuardNote explanation={hit.explanation} />
        {hit.explanation && <ScoreBars explanation={hit.explanation} score={hit.score} />}
      </>
    )
  }
  return (
    <>
      <p className={classes.outcome}>
        <IconCircleOff size={16} aria-hidden /> {t('absent')}
      </p>
      <ul className={classes.reasons}>
        {placement.reasons.map((absence) => (
          <li key={`${absence.reason} ${absence.detail}`}>
            {t(reasonKeys[absence.reason])}
            {absence.reason !== 'unknown' && <bdi className={classes.detail}>{detailOf(absence)}</bdi>}
          </li>
        ))}
      </ul>
    </>
  )
}
