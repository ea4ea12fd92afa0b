import type { SynonymRule } from '@eip/contracts'
import { type ClientFailure, useMessages } from '@eip/theme'
import { Alert, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { RuleWords } from './rule-words.tsx'
import { rulesSharing, type SynonymDraft } from './synonym-draft.ts'
import { synonymFaults } from './synonym-faults.ts'
import classes from './synonyms.module.css'
import { synonymsMessages } from './synonyms-messages.ts'

type SynonymRefusalProps = Readonly<{ failure: ClientFailure; draft: SynonymDraft; rules: readonly SynonymRule[] }>

/** Why a rule was refused, with the rules that it loops with as they stand, and those whose words it shares. */
export function SynonymRefusal({ failure, draft, rules }: SynonymRefusalProps) {
  const t = useMessages(synonymsMessages)
  const faults = synonymFaults(failure.details)
  const named = new Set(faults.flatMap((fault) => fault.rules))
  const concerned = [draft, ...rules.filter(({ id }) => id !== draft.id && named.has(id))]
  const sharing = rulesSharing(draft, rules).filter(({ id }) => !named.has(id))
  return (
    <Alert color="red" title={t('refused')} icon={<IconAlertTriangle size={18} aria-hidden />} role="alert">
      {faults.length === 0 && <Text size="sm">{failure.message}</Text>}
      {faults.map(({ message, cure }) => (
        <Text key={message} size="sm" style={{ overflowWrap: 'anywhere' }}>
          {message}. {cure}
        </Text>
      ))}
      {faults.length > 0 && (
        <ul className={classes.refusal} aria-label={t('concerned')}>
          {[...concerned, ...sharing].map((rule) => (
            <li key={rule.id}>
              <RuleWords rule={{ ...rule, from: [...rule.from], to: [...rule.to] }} />
              <Text size="xs" ff="monospace">
                {rule.id}
                {rule.id === draft.id && ` (${t('thisRule')})`}
              </Text>
            </li>
          ))}
        </ul>
      )}
    </Alert>
  )
}
