import { ColorSchemeSwitch, LanguageSwitch, useMessages } from '@eip/theme'
import { AppShell, Burger, Button, Center, Group, Loader, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconBuildingStore } from '@tabler/icons-react'
import { Suspense } from 'react'
import { useSession } from '../api.ts'
import mark from '../mark.svg'
import type { Session } from '../session-store.ts'
import { AccountMenu } from './account-menu.tsx'
import { AllowedPage } from './allowed-page.tsx'
import { Navigation } from './navigation.tsx'
import { ServerAway } from './server-away.tsx'
import { SessionOver } from './session-over.tsx'
import classes from './shell.module.css'
import { shellMessages } from './shell-messages.ts'
import { SignInPage } from './sign-in-page.tsx'
import { useStaySignedIn } from './stay-signed-in.ts'
import { useFocusOnArrival } from './use-focus-on-arrival.ts'
import { useKnownSession } from './use-known-session.ts'

/** Around every page: who is signed in, where one can go, and what is wrong with the server. */
export function Shell() {
  const state = useSession()
  useKnownSession()
  useStaySignedIn()
  if (!('session' in state)) return state.is === 'unknown' ? <Waiting /> : <SignInPage />
  // What one person had begun is not for the next one.
  return <SignedIn key={state.session.name} session={state.session} />
}

function Waiting() {
  const t = useMessages(shellMessages)
  return (
    <Center h="60dvh">
      <Loader role="status" aria-label={t('loading')} />
    </Center>
  )
}

function SignedIn({ session }: Readonly<{ session: Session }>) {
  const t = useMessages(shellMessages)
  const [isOpen, { toggle, close }] = useDisclosure(false)
  const main = useFocusOnArrival()
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding={{ base: 'sm', sm: 'lg' }}
    >
      <a href="#page" className={classes.skip}>
        {t('skip')}
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap" miw={0}>
            <Burger
              opened={isOpen}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={t('openNavigation')}
              aria-expanded={isOpen}
            />
            <img src={mark} alt="" width={22} height={22} className={classes.mark} />
            <Text fw={700} truncate>
              {t('name')}
            </Text>
          </Group>
          <Group gap="xs" wrap="nowrap">
            <Button
              component="a"
              href="/"
              variant="subtle"
              size="compact-sm"
              leftSection={<IconBuildingStore size={15} aria-hidden />}
              visibleFrom="sm"
            >
              {t('storefront')}
            </Button>
            <LanguageSwitch />
            <ColorSchemeSwitch />
            <AccountMenu session={session} />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar>
        <Navigation role={session.role} onChoose={close} />
      </AppShell.Navbar>
      <AppShell.Main id="page" ref={main} tabIndex={-1} className={classes.main}>
        <ServerAway />
        <Suspense fallback={<Waiting />}>
          <AllowedPage role={session.role} />
        </Suspense>
      </AppShell.Main>
      <SessionOver />
    </AppShell>
  )
}
