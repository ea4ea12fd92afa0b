import { FailureNotice, formatDate, useLanguage, useMessages } from '@eip/theme'
import { Alert, Anchor, Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { Link, useParams } from '@tanstack/react-router'
import { api, useApiMutation, useApiQuery, useSession } from '../../api.ts'
import { useConfirm } from '../../parts/confirm.tsx'
import { Page } from '../../parts/page.tsx'
import { Panel } from '../../parts/panel.tsx'
import { ImportBadge, ImportProgress } from './import-state.tsx'
import { importsMessages } from './imports-messages.ts'
import { RejectedRows } from './rejected-rows.tsx'
import { RowsPicture } from './rows-picture.tsx'

const lookAgainMs = 1_000

export function ImportPage() {
  const t = useMessages(importsMessages)
  const { language } = useLanguage()
  const confirm = useConfirm()
  const { id } = useParams({ strict: false }) as { id: string }
  const state = useSession()
  const canChange = 'session' in state && state.session.role !== 'viewer'
  const { data, error, refetch } = useApiQuery(['imports', id], (signal) => api.getImport({ id }, { signal }), {
    refetchInterval: lookAgainMs,
  })
  const cancel = useApiMutation(() => api.cancelImport({ id }), {
    changes: ['imports', 'audit'],
    said: () => t('cancelledSaid'),
  })
  const back = (
    <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/imports" />}>
      <Group gap={4}>
        <IconArrowLeft size={14} aria-hidden /> {t('back')}
      </Group>
    </Anchor>
  )
  if (data === undefined)
    return (
      <Page title={t('title')} description={back}>
        {error ? <FailureNotice failure={error} onRetry={refetch} /> : <Skeleton height={160} />}
      </Page>
    )
  const isUnderWay = ['receiving', 'waiting', 'running'].includes(data.state)
  const ask = () =>
    confirm({
      title: t('cancelTitle', { name: data.fileName }),
      ...{ body: t('cancelBody'), action: t('cancel') },
      onConfirm: () => cancel.mutate(undefined),
    })
  const mended = Object.entries(data.repaired)
  return (
    <Page
      title={data.fileName}
      description={back}
      actions={
        canChange &&
        isUnderWay && (
          <Button variant="default" color="red" onClick={ask} loading={cancel.isPending}>
            {t('cancel')}
          </Button>
        )
      }
    >
      <Panel title={t('whereRowsWent')} actions={<ImportBadge state={data.state} />}>
        <Stack gap="md">
          <Text size="sm" c="dimmed">
            {formatDate(data.startedAt, language)} · {data.startedBy}
          </Text>
          <ImportProgress given={data} />
          {data.trouble && (
            <Alert color="red" title={t('trouble')}>
              {data.trouble}
            </Alert>
          )}
          <RowsPicture rows={data.rows} />
          {mended.length > 0 && (
            <Text size="sm" c="dimmed">
              {t('mended')}: {mended.map(([what, count]) => t('fieldCount', { what, count })).join(' · ')}
            </Text>
          )}
        </Stack>
      </Panel>
      {(!isUnderWay || data.rows.setAside > 0) && <RejectedRows key={data.state} id={id} fileName={data.fileName} />}
    </Page>
  )
}
