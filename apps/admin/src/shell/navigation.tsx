import type { Role } from '@eip/contracts'
import { useMessages } from '@eip/theme'
import { NavLink, ScrollArea, Text } from '@mantine/core'
import { Link, useRouterState } from '@tanstack/react-router'
import { pages } from '../pages/pages.ts'
import classes from './shell.module.css'
import { shellMessages } from './shell-messages.ts'

const groups = ['platform', 'shop', 'ranking'] as const

/** The pages that a role may open. */
export function Navigation({ role, onChoose }: Readonly<{ role: Role; onChoose: () => void }>) {
  const t = useMessages(shellMessages)
  const shown = groups
    .map((group) => ({
      group,
      entries: pages.filter((page) => page.group === group && page.icon !== null && page.roles.includes(role)),
    }))
    .filter(({ entries }) => entries.length > 0)
  const here = useRouterState({ select: ({ location }) => location.pathname })
  return (
    <ScrollArea type="auto" p="xs" component="nav" aria-label={t('navigation')}>
      {shown.map(({ group, entries }) => (
        <div key={group} className={classes.group}>
          <Text size="xs" fw={600} c="dimmed" px="sm" pb={4}>
            {t(group)}
          </Text>
          {entries.map(({ path, title, icon: Icon }) => (
            <NavLink
              key={path}
              component={Link}
              {...{ to: path }}
              label={t(title)}
              leftSection={Icon && <Icon size={17} stroke={1.7} aria-hidden />}
              active={here === path || here.startsWith(`${path}/`)}
              aria-current={here === path ? 'page' : undefined}
              onClick={onChoose}
              className={classes.link}
            />
          ))}
        </div>
      ))}
    </ScrollArea>
  )
}
