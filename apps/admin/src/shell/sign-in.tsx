import { defineMessages, FailureNotice, useMessages } from '@eip/theme'
import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { session } from '../api.ts'

const messages = defineMessages({
  en: { name: 'Name', password: 'Password', signIn: 'Sign in' },
  ko: { name: '이름', password: '비밀번호', signIn: '로그인' },
})

/** Name and password. `name`: who was signed in before, where the session has ended. */
export function SignIn({ name = '' }: Readonly<{ name?: string }>) {
  const t = useMessages(messages)
  const [failure, setFailure] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  const submit = async (form: FormData) => {
    setBusy(true)
    setFailure(null)
    try {
      await session.signIn(String(form.get('name')).trim(), String(form.get('password')))
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        submit(new FormData(event.currentTarget))
      }}
    >
      <Stack gap="sm">
        <TextInput
          label={t('name')}
          name="name"
          defaultValue={name}
          autoComplete="username"
          readOnly={name !== ''}
          required
          data-autofocus={name === '' || undefined}
        />
        <PasswordInput
          label={t('password')}
          name="password"
          autoComplete="current-password"
          required
          data-autofocus={name !== '' || undefined}
        />
        {failure !== null && <FailureNotice failure={failure} />}
        <Button type="submit" loading={isBusy} fullWidth mt="xs">
          {t('signIn')}
        </Button>
      </Stack>
    </form>
  )
}
