import { ColorSchemeSwitch, defineMessages, LanguageSwitch, useMessages, usePageTitle } from '@eip/theme'
import { Center, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { shellMessages } from './shell-messages.ts'
import { SignIn } from './sign-in.tsx'

const messages = defineMessages({
  en: {
    title: 'Sign in',
    lead: 'See how the shop is searched, and steer it.',
    hint: 'The demo prints its accounts where it was started.',
  },
  ko: {
    title: '로그인',
    lead: '쇼핑몰이 어떻게 검색되는지 보고, 조정합니다.',
    hint: '데모 계정은 프로그램을 시작한 곳에 출력됩니다.',
  },
})

export function SignInPage() {
  const t = useMessages(messages)
  const s = useMessages(shellMessages)
  usePageTitle(t('title'), s('name'))
  return (
    <Center component="main" mih="100dvh" p="md" bg="var(--eip-surface)">
      <Stack w="100%" maw={380} gap="lg">
        <Stack gap={4}>
          <Text fw={700} c="var(--mantine-primary-color-light-color)">
            {s('name')}
          </Text>
          <Title order={1} size="h2">
            {t('title')}
          </Title>
          <Text c="dimmed">{t('lead')}</Text>
        </Stack>
        <Paper withBorder p="lg" radius="md">
          <SignIn />
        </Paper>
        <Group justify="space-between" wrap="nowrap">
          <Text size="xs" c="dimmed">
            {t('hint')}
          </Text>
          <Group gap="xs" wrap="nowrap">
            <LanguageSwitch />
            <ColorSchemeSwitch />
          </Group>
        </Group>
      </Stack>
    </Center>
  )
}
