import type { SynonymRule } from '@eip/contracts'
import { ClientFailure, useMessages } from '@eip/theme'
import { Alert, Button, Group, Modal, SegmentedControl, Stack, TagsInput, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { api, useApiMutation } from '../../api.ts'
import {
  type DraftFaults,
  draftFaults,
  emptyDraft,
  ruleLike,
  ruleOf,
  type SynonymDraft,
  suggestedId,
} from './synonym-draft.ts'
import { SynonymRefusal } from './synonym-refusal.tsx'
import { synonymsMessages } from './synonyms-messages.ts'

type SynonymEditorProps = Readonly<{
  /** null: a new one. */
  rule: SynonymRule | null
  rules: readonly SynonymRule[]
  onClose: () => void
}>

const isRefusal = (error: unknown): error is ClientFailure =>
  error instanceof ClientFailure && error.code === 'search.bad-synonym'

/** A dialog that adds or changes one rule. What is wrong by itself is told beside the field; a loop, with its rules. */
export function SynonymEditor({ rule, rules, onClose }: SynonymEditorProps) {
  const t = useMessages(synonymsMessages)
  const [draft, setDraft] = useState<SynonymDraft>(rule ?? emptyDraft)
  const [isShown, setShown] = useState(false)
  const takenIds = rules.map(({ id }) => id).filter((id) => id !== rule?.id)
  const named = draft.id === '' ? { ...draft, id: suggestedId([...draft.from, ...draft.to], takenIds) } : draft
  const faults = draftFaults(named, takenIds)
  const like = ruleLike(named, rules)
  const saving = useApiMutation((input: SynonymDraft) => api.saveSynonym(ruleOf(input)), {
    changes: ['synonyms'],
    said: (_, { id: name }) => t('saved', { name }),
    failed: isRefusal,
  })
  const change = (part: Partial<SynonymDraft>) => {
    setDraft({ ...draft, ...part })
    saving.reset()
  }
  const save = () => {
    setShown(true)
    if (Object.keys(faults).length === 0) saving.mutate(named, { onSuccess: onClose })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      closeOnClickOutside={false}
      title={rule === null ? t('addTitle') : t('editTitle', { name: rule.id })}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <Stack gap="md">
          <Fields draft={named} faults={isShown ? faults : {}} isNew={rule === null} onChange={change} />
          {like && (
            <Alert color="yellow" variant="light" role="status">
              {t('likeAnother', { name: like.id })}
            </Alert>
          )}
          {isRefusal(saving.error) && <SynonymRefusal failure={saving.error} draft={named} rules={rules} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={saving.isPending}>
              {t('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

type FieldsProps = Readonly<{
  draft: SynonymDraft
  faults: DraftFaults
  isNew: boolean
  onChange: (part: Partial<SynonymDraft>) => void
}>

function Fields({ draft: { id, kind, from, to }, faults, isNew, onChange }: FieldsProps) {
  const t = useMessages(synonymsMessages)
  const told = (fault: DraftFaults['from']) =>
    fault && ('word' in fault ? t(fault.key, { word: fault.word }) : t(fault.key))
  const isTwoWay = kind === 'two-way'
  const tags = { acceptValueOnBlur: true, splitChars: [','], placeholder: t('wordsPlaceholder') }
  return (
    <>
      <Stack gap={6}>
        <SegmentedControl
          aria-label={t('kind')}
          value={kind}
          onChange={(value) => onChange({ kind: value as SynonymRule['kind'] })}
          data={[
            { value: 'two-way', label: t('twoWay') },
            { value: 'one-way', label: t('oneWay') },
          ]}
        />
        <Text size="sm" c="dimmed">
          {isTwoWay ? t('twoWayLead') : t('oneWayLead')}
        </Text>
      </Stack>
      <TagsInput
        {...tags}
        label={isTwoWay ? t('sameWords') : t('from')}
        description={t('wordsHint')}
        error={told(faults.from)}
        value={[...from]}
        onChange={(words) => onChange({ from: words })}
        data-autofocus
      />
      {!isTwoWay && (
        <TagsInput
          {...tags}
          label={t('to')}
          error={told(faults.to)}
          value={[...to]}
          onChange={(words) => onChange({ to: words })}
        />
      )}
      {isNew && (
        <TextInput
          label={t('nameLabel')}
          description={t('nameHint')}
          error={told(faults.id)}
          value={id}
          onChange={({ currentTarget }) => onChange({ id: currentTarget.value })}
          spellCheck={false}
          autoComplete="off"
        />
      )}
    </>
  )
}
