import type { Overview } from '@eip/contracts'
import { useMessages } from '@eip/theme'
import { Anchor, Group, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { overviewMessages } from './overview-messages.ts'

/** What answers are made by just now. */
export function OverviewVersions({ versions }: Readonly<{ versions: Overview['versions'] }>) {
  const t = useMessages(overviewMessages)
  const { policy, encoder, index } = versions
  return (
    <Group gap="xs">
      <Version name={t('policy')}>
        <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/policy" />}>
          {policy}
        </Anchor>
      </Version>
      <Version name={t('encoder')}>
        <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/encoders" />}>
          {encoder ?? t('noEncoder')}
        </Anchor>
      </Version>
      <Version name={t('index')}>{index}</Version>
    </Group>
  )
}

function Version({ name, children }: Readonly<{ name: string; children: ReactNode }>) {
  return (
    <Text size="sm" mr="md" style={{ overflowWrap: 'anywhere' }}>
      <Text span size="sm" c="dimmed" mr={6}>
        {name}
      </Text>
      {children}
    </Text>
  )
}
