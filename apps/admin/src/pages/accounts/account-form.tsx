import type { Role } from '@eip/contracts'
import { useMessages } from '@eip/theme'
import { Button, Modal, PasswordInput, Select, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { api, useApiMutation } from '../../api.ts'
import { accountsMessages } from './accounts-messages.ts'

export type Account = Readonly<{ name: string; role: Role }>

const roles: readonly Role[] = ['shopper', 'viewer', 'merchandiser', 'advertiser', 'operator']

/** Adds an account, or changes one: role and password are set anew. */
export function AccountForm({ account, onClose }: Readonly<{ account: Account | null; onClose: () => void }>) {
  const t = useMessages(accountsMessages)
  const form = useForm({
    initialValues: { name: account?.name ?? '', role: account?.role ?? ('viewer' as Role), password: '' },
    validate: {
      name: (value) => (/^[\w.@-]{1,200}$/.test(value) ? null : t('nameHint')),
      password: (value) => (value.length >= 12 ? null : t('passwordHint')),
    },
  })
  const save = useApiMutation((values: Account & { password: string }) => api.saveAccount(values), {
    changes: ['accounts', 'audit'],
    said: ({ name }) => t('saved', { name }),
  })
  return (
    <Modal opened onClose={onClose} title={account === null ? t('add') : t('edit', { name: account.name })} centered>
      <form onSubmit={form.onSubmit((values) => save.mutate(values, { onSuccess: onClose }))}>
        <Stack gap="sm">
          <TextInput
            label={t('name')}
            description={t('nameHint')}
            required
            readOnly={account !== null}
            autoComplete="off"
            {...form.getInputProps('name')}
          />
          <Select
            label={t('role')}
            description={t(form.values.role)}
            data={[...roles]}
            allowDeselect={false}
            {...form.getInputProps('role')}
          />
          <PasswordInput
            label={t('password')}
            description={t('passwordHint')}
            required
            autoComplete="new-password"
            {...form.getInputProps('password')}
          />
          <Button type="submit" loading={save.isPending}>
            {t('save')}
          </Button>
        </Stack>
      </form>
    </Modal>
  )
}
