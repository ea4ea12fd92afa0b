import { useMessages } from '@eip/theme'
import { Button, Popover, Stack, Text } from '@mantine/core'
import { IconLogout, IconUserCircle } from '@tabler/icons-react'
import type { Session } from '../session-store.ts'
import { shellMessages } from './shell-messages.ts'
import { useSignOut } from './use-sign-out.ts'

/** Who is signed in, and the way out. */
export function AccountMenu({ session: { name, role } }: Readonly<{ session: Session }>) {
  const t = useMessages(shellMessages)
  const signOut = useSignOut()
  return (
    <Popover position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" h={30} px={7} fw={500} aria-label={t('signedInAs', { name, role })}>
          <IconUserCircle size={17} aria-hidden />
          <Text span size="xs" ml={6} maw={160} truncate visibleFrom="sm">
            {name}
          </Text>
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="xs">
        <Stack gap={6}>
          <Text size="xs" c="dimmed" px={8} maw={240}>
            {t('signedInAs', { name, role })}
          </Text>
          <Button
            variant="subtle"
            color="gray"
            size="sm"
            justify="flex-start"
            leftSection={<IconLogout size={15} aria-hidden />}
            onClick={signOut}
          >
            {t('signOut')}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
