import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { pages } from './pages/pages.ts'
import { Shell } from './shell/shell.tsx'

const root = createRootRoute({ component: Shell })

const routes = pages.map(({ path, load }) =>
  createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(load) }),
)

const start = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/overview' })
  },
})

export const router = createRouter({
  routeTree: root.addChildren([start, ...routes]),
  basepath: '/admin',
  defaultPreload: 'intent',
  // States of pages are plain text in the address, to be read and shared.
  scrollRestoration: true,
})
