import type { PolicyDocument } from '@eip/contracts'
import { FailureNotice, useLanguage, useMessages } from '@eip/theme'
import { Alert, Skeleton } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { api, useApiQuery, useSession } from '../../api.ts'
import { Page } from '../../parts/page.tsx'
import { koreanFieldWords } from './field-words.ts'
import { HistoryPanel } from './history-panel.tsx'
import { completed } from './policy-document.ts'
import { PolicyEditor } from './policy-editor.tsx'
import { allFields, policyFields } from './policy-fields.ts'
import { policyMessages } from './policy-messages.ts'
import type { Policies } from './use-policy-edit.ts'

const lookAgainMs = 10_000

export function PolicyPage() {
  const t = useMessages(policyMessages)
  const { language } = useLanguage()
  const state = useSession()
  const canChange = 'session' in state && state.session.role !== 'viewer'
  const policies = useApiQuery(['policies'], (signal) => api.listPolicies({}, { signal }), {
    refetchInterval: lookAgainMs,
  })
  const schema = useApiQuery(['policies', 'schema'], (signal) => api.policySchema({}, { signal }))
  const failure = policies.error ?? schema.error
  const isThere = policies.data !== undefined && schema.data !== undefined
  const fields = policyFields(schema.data?.schema ?? {}, language === 'ko' ? koreanFieldWords : {})
  const titles = new Map<string, string>([
    ...fields.weights.map(({ path, title }) => [path, title] as const),
    ...fields.features.flatMap((feature) =>
      feature.fields.map(({ path, title }) => [path, `${feature.title}: ${title}`] as const),
    ),
    ...fields.guards.map(({ path, title }) => [path, title] as const),
  ])
  const complete = (document: PolicyDocument) => completed(document, allFields(fields))
  const titleOf = (path: string) => titles.get(path) ?? path
  return (
    <Page title={t('title')} description={t('description')}>
      {!isThere &&
        (failure ? <FailureNotice failure={failure} onRetry={policies.refetch} /> : <Skeleton height={420} />)}
      {isThere && (
        <>
          {!canChange && (
            <Alert color="blue" icon={<IconLock size={18} aria-hidden />} title={t('readOnly')}>
              {t('readOnlyCure')}
            </Alert>
          )}
          <PolicyEditor
            policies={whole(policies.data, complete)}
            fields={fields}
            titleOf={titleOf}
            canChange={canChange}
          />
          <HistoryPanel
            current={whole(policies.data, complete).current}
            complete={complete}
            versions={policies.data.versions}
            canChange={canChange}
            titleOf={titleOf}
          />
        </>
      )}
    </Page>
  )
}

/** Published policy and draft with what documents from before said nothing of. */
const whole = ({ current, draft }: Policies, complete: (document: PolicyDocument) => PolicyDocument): Policies => ({
  current: { ...current, document: complete(current.document) },
  draft: draft && { ...draft, document: complete(draft.document) },
})
