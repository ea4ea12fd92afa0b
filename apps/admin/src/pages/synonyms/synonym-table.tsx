import type { SynonymRule } from '@eip/contracts'
import { EmptyState, useMessages } from '@eip/theme'
import { ActionIcon, Text, TextInput } from '@mantine/core'
import { IconArrowsLeftRight, IconPencil, IconSearch, IconTrash } from '@tabler/icons-react'
import { type ReactNode, useMemo, useState } from 'react'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { RuleWords } from './rule-words.tsx'
import { rulesWith, ruleText } from './synonym-draft.ts'
import classes from './synonyms.module.css'
import { synonymsMessages } from './synonyms-messages.ts'

type SynonymTableProps = Readonly<{
  rules: readonly SynonymRule[] | undefined
  failure: unknown
  onRetry: () => void
  emptyAction: ReactNode
  /** Absent: the reader may not change rules. */
  onEdit?: (rule: SynonymRule) => void
  onRemove?: (rule: SynonymRule) => void
}>

/** All rules, narrowed to those that have a word. */
export function SynonymTable({ rules, failure, onRetry, emptyAction, onEdit, onRemove }: SynonymTableProps) {
  const t = useMessages(synonymsMessages)
  const [wanted, setWanted] = useState('')
  const found = useMemo(() => rules && rulesWith(rules, wanted), [rules, wanted])
  const columns: Column<SynonymRule>[] = [
    {
      ...{ key: 'words', title: t('words'), value: ruleText },
      cell: (rule) => (
        <>
          <RuleWords rule={rule} />
          <Text size="xs" c="dimmed" ff="monospace" mt={3} style={{ overflowWrap: 'anywhere' }}>
            {rule.id}
          </Text>
        </>
      ),
    },
  ]
  if (onEdit && onRemove)
    columns.push({
      ...{ key: 'actions', title: t('actions'), width: 90, isNumber: true },
      cell: (rule) => <RowActions rule={rule} onEdit={onEdit} onRemove={onRemove} />,
    })
  const nobodyAdded = rules?.length === 0
  return (
    <>
      {!nobodyAdded && (
        <div className={classes.toolbar}>
          <TextInput
            className={classes.find ?? ''}
            size="sm"
            aria-label={t('find')}
            placeholder={t('find')}
            leftSection={<IconSearch size={15} aria-hidden />}
            value={wanted}
            onChange={({ currentTarget }) => setWanted(currentTarget.value)}
          />
          <Text size="sm" c="dimmed" role="status">
            {found && t('rules', { count: found.length })}
          </Text>
        </div>
      )}
      <DataTable
        label={t('title')}
        rows={found}
        columns={columns}
        rowKey={({ id }) => id}
        failure={failure}
        onRetry={onRetry}
        empty={
          nobodyAdded ? (
            <EmptyState title={t('none')} icon={IconArrowsLeftRight} actions={emptyAction}>
              {t('noneLead')}
            </EmptyState>
          ) : (
            <EmptyState title={t('noneFound')} icon={IconSearch}>
              {t('noneFoundLead')}
            </EmptyState>
          )
        }
      />
    </>
  )
}

type RowActionsProps = Readonly<{
  rule: SynonymRule
  onEdit: (rule: SynonymRule) => void
  onRemove: (rule: SynonymRule) => void
}>

function RowActions({ rule, onEdit, onRemove }: RowActionsProps) {
  const t = useMessages(synonymsMessages)
  return (
    <span className={classes.actions}>
      <ActionIcon variant="subtle" color="gray" aria-label={t('edit', { name: rule.id })} onClick={() => onEdit(rule)}>
        <IconPencil size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="red"
        aria-label={t('remove', { name: rule.id })}
        onClick={() => onRemove(rule)}
      >
        <IconTrash size={16} aria-hidden />
      </ActionIcon>
    </span>
  )
}
