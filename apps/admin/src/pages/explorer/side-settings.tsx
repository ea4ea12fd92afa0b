import { useMessages } from '@eip/theme'
import { NativeSelect, Switch, TagsInput } from '@mantine/core'
import { useState } from 'react'
import { api, useApiQuery } from '../../api.ts'
import classes from './explorer.module.css'
import { explorerMessages } from './explorer-messages.ts'
import { isFilter, modes, type Side } from './explorer-state.ts'
import { ranksByPolicy, readsMeaning } from './preview-request.ts'

type SideSettingsProps = Readonly<{ side: Side; onChange: (side: Side) => void }>

type Choice = Readonly<{ value: string; label: string; disabled?: boolean }>

/** What was chosen stays a choice even where the server no longer names it, so that the address says what is shown. */
const withChosen = (choices: readonly Choice[], value: string): Choice[] =>
  choices.some((choice) => choice.value === value) ? [...choices] : [...choices, { value, label: value }]

/** How one side lists: mode, policy, encoder, reading and filters. */
export function SideSettings({ side, onChange }: SideSettingsProps) {
  const t = useMessages(explorerMessages)
  const policies = usePolicyChoices()
  const encoders = useEncoderChoices()
  const change = (part: Partial<Side>) => onChange({ ...side, ...part })
  return (
    <div className={classes.settings}>
      <NativeSelect
        label={t('mode')}
        size="xs"
        data={modes.map((value) => ({ value, label: t(value) }))}
        value={side.mode}
        onChange={({ currentTarget }) =>
          change({ mode: modes.find((mode) => mode === currentTarget.value) ?? side.mode })
        }
      />
      <NativeSelect
        label={t('policy')}
        size="xs"
        disabled={!ranksByPolicy(side)}
        {...(!ranksByPolicy(side) && { title: t('notByPolicy') })}
        data={withChosen(policies, side.policy)}
        value={side.policy}
        onChange={({ currentTarget }) => change({ policy: currentTarget.value })}
      />
      <NativeSelect
        label={t('encoder')}
        size="xs"
        disabled={!readsMeaning(side)}
        {...(!readsMeaning(side) && { title: t('notByMeaning') })}
        data={withChosen(encoders, side.encoder)}
        value={side.encoder}
        onChange={({ currentTarget }) => change({ encoder: currentTarget.value })}
      />
      <Filters filters={side.filters} onChange={(filters) => change({ filters })} />
      <Switch
        className={classes.wide ?? ''}
        size="xs"
        label={t('understand')}
        checked={side.understand}
        onChange={({ currentTarget }) => change({ understand: currentTarget.checked })}
      />
    </div>
  )
}

type FiltersProps = Readonly<{ filters: readonly string[]; onChange: (filters: readonly string[]) => void }>

function Filters({ filters, onChange }: FiltersProps) {
  const t = useMessages(explorerMessages)
  const [isRefused, setRefused] = useState(false)
  const take = (texts: readonly string[]) => {
    const right = texts.filter(isFilter)
    setRefused(right.length < texts.length)
    if (right.join('\n') !== filters.join('\n')) onChange(right)
  }
  return (
    <TagsInput
      className={classes.wide ?? ''}
      label={t('filters')}
      size="xs"
      {...(filters.length === 0 && { placeholder: t('filtersPlaceholder') })}
      error={isRefused && t('badFilter')}
      splitChars={[]}
      maxTags={50}
      value={[...filters]}
      onChange={take}
    />
  )
}

function usePolicyChoices(): readonly Choice[] {
  const t = useMessages(explorerMessages)
  const { data } = useApiQuery(['policies'], (signal) => api.listPolicies({}, { signal }))
  if (data === undefined) return [{ value: 'published', label: t('publishedPlain') }]
  const { current, draft, versions } = data
  const cut = (note: string) => (note.length > 40 ? `${note.slice(0, 40).toWellFormed()}…` : note)
  return [
    { value: 'published', label: t('published', { version: String(current.version) }) },
    draft === null
      ? { value: 'draft', label: t('noDraft'), disabled: true }
      : { value: 'draft', label: t('draft', { name: draft.savedBy }) },
    ...versions
      .filter(({ version }) => version !== current.version)
      .map(({ version, note }) => ({
        value: `v${version}`,
        label:
          note === ''
            ? t('versionPlain', { version: String(version) })
            : t('version', { version: String(version), note: cut(note) }),
      })),
  ]
}

function useEncoderChoices(): readonly Choice[] {
  const t = useMessages(explorerMessages)
  const { data } = useApiQuery(['encoders'], (signal) => api.encoderStatus({}, { signal }))
  const encoders = data?.encoders ?? []
  const serving = encoders.find(({ state }) => state === 'serving')
  return [
    { value: 'serving', label: serving ? t('servingEncoder', { name: serving.encoder }) : t('servingPlain') },
    ...encoders
      .filter(({ state }) => state === 'standby')
      .map(({ encoder }) => ({ value: encoder, label: t('standby', { name: encoder }) })),
    { value: 'none', label: t('noEncoder') },
  ]
}
