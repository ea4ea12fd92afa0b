import type { PolicyDraft, PublishedPolicy } from '@eip/contracts'
import { formatDate, useLanguage, useMessages } from '@eip/theme'
import { Badge, Button, Group, Text } from '@mantine/core'
import classes from './policy.module.css'
import { policyMessages } from './policy-messages.ts'

type PolicyBarProps = Readonly<{
  current: PublishedPolicy
  draft: PolicyDraft | null
  isUnsaved: boolean
  isChanged: boolean
  isSaving: boolean
  canChange: boolean
  onUndo: () => void
  onDiscard: () => void
  onSave: () => void
  onPublish: () => void
}>

/** What is published, what is not yet, and what can be done about it; the buttons stay in reach while one scrolls. */
export function PolicyBar(props: PolicyBarProps) {
  const { current, draft, isUnsaved, canChange } = props
  const t = useMessages(policyMessages)
  const { language } = useLanguage()
  const state = isUnsaved
    ? t('unsaved')
    : draft
      ? t('savedDraft', { by: draft.savedBy, at: formatDate(draft.savedAt, language) })
      : t('noChanges')
  return (
    <div className={classes.bar}>
      <Group gap="sm">
        <Badge size="lg" variant="light" tt="none">
          {t('published', { version: current.version, by: current.publishedBy })}
        </Badge>
        <Text size="sm" c="dimmed" role="status">
          {state}
        </Text>
      </Group>
      {canChange && <Actions {...props} />}
    </div>
  )
}

function Actions({ draft, isUnsaved, isChanged, isSaving, ...on }: PolicyBarProps) {
  const t = useMessages(policyMessages)
  return (
    <div className={classes.actions} data-open={isUnsaved || isChanged || undefined}>
      {isUnsaved && (
        <Button variant="subtle" px="xs" onClick={on.onUndo}>
          {t('undo')}
        </Button>
      )}
      {draft && (
        <Button variant="subtle" color="red" px="xs" onClick={on.onDiscard}>
          {t('discard')}
        </Button>
      )}
      <Button variant="default" disabled={!isUnsaved} loading={isSaving} onClick={on.onSave}>
        {t('save')}
      </Button>
      <Button disabled={!isChanged} onClick={on.onPublish}>
        {t('publish')}
      </Button>
    </div>
  )
}
