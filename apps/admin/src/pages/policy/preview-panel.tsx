import type { PolicyDocument } from '@eip/contracts'
import { FailureNotice, remember, remembered, scoreScale, useMessages } from '@eip/theme'
import { Anchor, Autocomplete, Stack, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconExternalLink, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { Panel } from '../../parts/panel.tsx'
import { rankChanges } from '../explorer/rank-changes.ts'
import classes from './policy.module.css'
import { policyMessages } from './policy-messages.ts'
import { PreviewList } from './preview-list.tsx'
import { type Preview, usePreview } from './use-preview.ts'

const shown = 10
const queriesKept = 8
const queriesKey = 'eip-policy-queries'

const lastQueries = (): string[] => (remembered(queriesKey) ?? '').split('\n').filter((query) => query !== '')
const idsOf = (preview: Preview | undefined) => (preview?.answer.hits ?? []).map(({ id }) => id)

type PreviewPanelProps = Readonly<{ document: PolicyDocument; isChanged: boolean; canChange: boolean }>

/** A query's list as published; beside it the list by the draft, kept up with every change. */
export function PreviewPanel({ document, isChanged, canChange }: PreviewPanelProps) {
  const t = useMessages(policyMessages)
  const [queries, setQueries] = useState(lastQueries)
  const [typed, setTyped] = useState(queries[0] ?? '')
  const [query] = useDebouncedValue(typed.trim(), 300)
  const keep = () => {
    if (query === '') return
    const next = [query, ...queries.filter((each) => each !== query)].slice(0, queriesKept)
    setQueries(next)
    remember(queriesKey, next.join('\n'))
  }
  return (
    <Panel
      title={t('preview')}
      actions={
        <Anchor href={`/?q=${encodeURIComponent(query)}`} target="_blank" size="sm">
          {t('openShop')} <IconExternalLink size={14} aria-hidden className={classes.external} />
        </Anchor>
      }
    >
      <Stack gap="md">
        <Autocomplete
          label={t('previewQuery')}
          description={canChange ? `${t('previewHint')} ${t('previewChange')}` : t('previewHint')}
          leftSection={<IconSearch size={15} aria-hidden />}
          data={queries}
          value={typed}
          onChange={setTyped}
          onBlur={keep}
        />
        <Lists query={query} document={document} isChanged={isChanged} />
      </Stack>
    </Panel>
  )
}

type ListsProps = Omit<PreviewPanelProps, 'canChange'> & Readonly<{ query: string }>

function Lists({ query, document, isChanged }: ListsProps) {
  const t = useMessages(policyMessages)
  const [draft] = useDebouncedValue(document, 250)
  const published = usePreview(query, null)
  const drafted = usePreview(query, isChanged ? draft : null)
  const [left, right] = [idsOf(published.data), idsOf(drafted.data)]
  const [before, after] = [published.data, drafted.data].map((each) => each?.answer.hits.slice(0, shown) ?? [])
  const scale = scoreScale([...before!, ...after!].flatMap(({ explanation }) => (explanation ? [explanation] : [])))
  const isSame = left.length > 0 && left.slice(0, shown).join('\n') === right.slice(0, shown).join('\n')
  const failure = published.error ?? drafted.error
  return (
    <>
      {failure && <FailureNotice failure={failure} />}
      {isChanged && isSame && (
        <Text size="sm" c="dimmed" role="status">
          {t('sameOrder', { count: before!.length })}
        </Text>
      )}
      <div className={classes.lists} data-compared={isChanged || undefined}>
        <PreviewList title={t('byPublished')} preview={published.data} hits={before!} changes={null} scale={scale} />
        {isChanged && (
          <PreviewList
            title={t('byDraft')}
            preview={drafted.data}
            hits={after!}
            changes={rankChanges(left, right).right}
            scale={scale}
          />
        )}
      </div>
    </>
  )
}
