import { defineMessages, useMessages } from '@eip/theme'
import { Anchor, Modal, Text } from '@mantine/core'
import { useSession } from '../api.ts'
import { SignIn } from './sign-in.tsx'
import { useSignOut } from './use-sign-out.ts'

const messages = defineMessages({
  en: {
    title: 'Sign in again',
    lead: 'Your session has ended. Nothing on this page is lost: it goes on from here.',
    leave: 'Leave this page and sign in as somebody else',
  },
  ko: {
    title: '다시 로그인',
    lead: '로그인 시간이 끝났습니다. 이 페이지의 내용은 그대로이며 이어서 진행됩니다.',
    leave: '이 페이지를 떠나 다른 계정으로 로그인',
  },
})

/** Over the page as it is, where a call was refused because the session had ended. */
export function SessionOver() {
  const t = useMessages(messages)
  const state = useSession()
  const signOut = useSignOut()
  return (
    <Modal
      opened={state.is === 'expired'}
      onClose={() => {}}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={t('title')}
      centered
      // Over whatever dialog the page itself has open.
      zIndex={390}
    >
      <Text size="sm" c="dimmed" mb="md">
        {t('lead')}
      </Text>
      {state.is === 'expired' && <SignIn name={state.session.name} />}
      <Anchor component="button" type="button" size="sm" mt="md" onClick={signOut}>
        {t('leave')}
      </Anchor>
    </Modal>
  )
}
