import type { SynonymRule } from '@eip/contracts'
import { useMessages } from '@eip/theme'
import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { api, useApiMutation, useApiQuery, useSession } from '../../api.ts'
import { useConfirm } from '../../parts/confirm.tsx'
import { Page } from '../../parts/page.tsx'
import { Panel } from '../../parts/panel.tsx'
import { ruleText } from './synonym-draft.ts'
import { SynonymEditor } from './synonym-editor.tsx'
import { SynonymTable } from './synonym-table.tsx'
import { SynonymTrial } from './synonym-trial.tsx'
import classes from './synonyms.module.css'
import { synonymsMessages } from './synonyms-messages.ts'

/** Words that mean the same to shoppers: the rules, and what they make of a query. */
export function SynonymsPage() {
  const t = useMessages(synonymsMessages)
  const confirm = useConfirm()
  const state = useSession()
  const mayChange = 'session' in state && ['merchandiser', 'operator'].includes(state.session.role)
  const { data, error, refetch } = useApiQuery(['synonyms'], (signal) => api.listSynonyms({}, { signal }))
  /** What is edited; `null` as rule: a new one. */
  const [edited, setEdited] = useState<Readonly<{ rule: SynonymRule | null }> | null>(null)
  const removal = useApiMutation((id: string) => api.deleteSynonym({ id }), {
    changes: ['synonyms'],
    said: (_, name) => t('removed', { name }),
  })
  const askToRemove = (rule: SynonymRule) =>
    confirm({
      title: t('removeTitle', { name: rule.id }),
      body: t('removeBody', { words: ruleText(rule) }),
      action: t('removeAction'),
      onConfirm: () => removal.mutate(rule.id),
    })
  const add = mayChange && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEdited({ rule: null })}>
      {t('add')}
    </Button>
  )
  return (
    <Page title={t('title')} description={t('lead')} actions={add}>
      <div className={classes.layout}>
        <Panel isFlush>
          <SynonymTable
            rules={data?.rules}
            failure={error}
            onRetry={() => void refetch()}
            emptyAction={add}
            {...(mayChange && { onEdit: (rule: SynonymRule) => setEdited({ rule }), onRemove: askToRemove })}
          />
        </Panel>
        <SynonymTrial />
      </div>
      {edited !== null && (
        <SynonymEditor rule={edited.rule} rules={data?.rules ?? []} onClose={() => setEdited(null)} />
      )}
    </Page>
  )
}
