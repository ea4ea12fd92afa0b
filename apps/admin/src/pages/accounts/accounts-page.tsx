import { useMessages } from '@eip/theme'
import { Badge, Button, Group, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { api, useApiMutation, useApiQuery, useSession } from '../../api.ts'
import { useConfirm } from '../../parts/confirm.tsx'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { Page } from '../../parts/page.tsx'
import { Panel } from '../../parts/panel.tsx'
import { type Account, AccountForm } from './account-form.tsx'
import { accountsMessages } from './accounts-messages.ts'

export function AccountsPage() {
  const t = useMessages(accountsMessages)
  const state = useSession()
  const confirm = useConfirm()
  const [edited, setEdited] = useState<Account | 'new' | null>(null)
  const { data, error, refetch } = useApiQuery(['accounts'], (signal) => api.listAccounts({}, { signal }))
  const remove = useApiMutation((name: string) => api.deleteAccount({ name }), {
    changes: ['accounts', 'audit'],
    said: ({ name }) => t('deleted', { name }),
  })
  const me = 'session' in state ? state.session.name : ''
  const ask = (name: string) =>
    confirm({
      title: t('deleteTitle', { name }),
      body: t('deleteBody'),
      action: t('delete'),
      onConfirm: () => remove.mutate(name),
    })
  const columns: readonly Column<Account>[] = [
    {
      ...{ key: 'name', title: t('name'), value: ({ name }) => name },
      cell: ({ name }) => (
        <Group gap="xs">
          <Text size="sm" fw={550}>
            {name}
          </Text>
          {name === me && (
            <Badge size="xs" variant="light">
              {t('you')}
            </Badge>
          )}
        </Group>
      ),
    },
    {
      ...{ key: 'role', title: t('role'), value: ({ role }) => role },
      cell: ({ role }) => (
        <>
          {role}{' '}
          <Text span size="sm" c="dimmed" visibleFrom="sm">
            {t(role)}
          </Text>
        </>
      ),
    },
    {
      ...{ key: 'actions', title: '', width: 1 },
      cell: (account) => (
        <Group gap={4} wrap="nowrap" justify="flex-end">
          <Button size="compact-xs" variant="default" onClick={() => setEdited(account)}>
            {t('change')}
          </Button>
          <Button
            size="compact-xs"
            variant="subtle"
            color="red"
            disabled={account.name === me}
            onClick={() => ask(account.name)}
          >
            {t('delete')}
          </Button>
        </Group>
      ),
    },
  ]
  return (
    <Page
      title={t('title')}
      description={t('description')}
      actions={
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEdited('new')}>
          {t('add')}
        </Button>
      }
    >
      <Panel isFlush>
        <DataTable
          label={t('title')}
          rows={data?.accounts}
          columns={columns}
          rowKey={({ name }) => name}
          failure={error}
          onRetry={refetch}
        />
      </Panel>
      {edited !== null && <AccountForm account={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </Page>
  )
}
