import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { NotFoundPage } from './not-found-page.tsx'
import { SearchPage } from './search/search-page.tsx'
import { formatParams, paramsOf, parseParams, searchStateOf } from './search/search-state.ts'
import { ShopLayout } from './shop-layout.tsx'

const root = createRootRoute({ component: ShopLayout, notFoundComponent: NotFoundPage })

const search = createRoute({
  getParentRoute: () => root,
  path: '/',
  // The address is mended on the way in: a page "abc" becomes the first.
  validateSearch: (params) => paramsOf(searchStateOf(params)),
  component: SearchPage,
})

const product = createRoute({
  getParentRoute: () => root,
  path: '/products/$id',
  component: lazyRouteComponent(() => import('./product/product-page.tsx'), 'ProductPage'),
})

export const router = createRouter({
  routeTree: root.addChildren([search, product]),
  parseSearch: parseParams,
  stringifySearch: formatParams,
  scrollRestoration: true,
  defaultPreload: 'intent',
})
