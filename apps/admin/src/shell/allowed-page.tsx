import type { Role } from '@eip/contracts'
import { EmptyState, useMessages } from '@eip/theme'
import { Outlet, useRouterState } from '@tanstack/react-router'
import { pages } from '../pages/pages.ts'
import { shellMessages } from './shell-messages.ts'

/** The page of the address, or why it is not shown. */
export function AllowedPage({ role }: Readonly<{ role: Role }>) {
  const t = useMessages(shellMessages)
  const here = useRouterState({ select: ({ location }) => location.pathname })
  const page = pages.find(({ path }) => here === path || here.startsWith(`${path}/`))
  if (here !== '/' && page === undefined) return <EmptyState title={t('notFound')}>{t('notFoundCure')}</EmptyState>
  if (page !== undefined && !page.roles.includes(role))
    return <EmptyState title={t('notForRole')}>{t('notForRoleCure', { roles: page.roles.join(', ') })}</EmptyState>
  return <Outlet />
}
