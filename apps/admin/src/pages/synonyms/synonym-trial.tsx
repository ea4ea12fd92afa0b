import { FailureNotice, useMessages } from '@eip/theme'
import { Loader, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { api, useApiQuery } from '../../api.ts'
import { Panel } from '../../parts/panel.tsx'
import { QuerySteps } from '../explorer/query-steps.tsx'
import { synonymsMessages } from './synonyms-messages.ts'

/** How long somebody must have stopped typing before the query is tried. */
const pauseMs = 250

/** A query box that shows what the rules make of a query. */
export function SynonymTrial() {
  const t = useMessages(synonymsMessages)
  const [typed, setTyped] = useState('')
  const [query] = useDebouncedValue(typed.trim(), pauseMs)
  const { data, error, refetch, isFetching } = useApiQuery(
    // Under `synonyms`: a rule that was saved or deleted asks anew.
    ['synonyms', 'trial', query],
    (signal) => api.previewSearch({ query, explain: true, size: 1, facets: [] }, { signal }),
    { enabled: query !== '' },
  )
  const steps = data?.query.steps ?? []
  return (
    <Panel title={t('tryTitle')}>
      <Stack gap="sm">
        <TextInput
          label={t('tryLabel')}
          placeholder={t('tryPlaceholder')}
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          rightSection={isFetching && <Loader size={14} />}
          dir="auto"
        />
        {query === '' && (
          <Text size="sm" c="dimmed">
            {t('tryLead')}
          </Text>
        )}
        {error && !data && <FailureNotice failure={error} onRetry={() => void refetch()} />}
        {data && query !== '' && (
          <Stack gap="sm" role="status">
            <QuerySteps steps={steps} />
            {!steps.some(({ step }) => step === 'synonym') && (
              <Text size="sm" c="dimmed">
                {t('noSynonym')}
              </Text>
            )}
            <Text size="sm">{t('found', { count: data.total })}</Text>
          </Stack>
        )}
      </Stack>
    </Panel>
  )
}
