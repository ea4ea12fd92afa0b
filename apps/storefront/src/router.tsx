import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  retainSearchParams,
} from '@tanstack/react-router'
import { NotFoundPage } from './not-found-page.tsx'
import { SearchPage } from './search/search-page.tsx'
import { formatParams, paramsOf, parseParams, searchStateOf } from './search/search-state.ts'
import { ShopLayout } from './shop-layout.tsx'

const root = createRootRoute({
  component: ShopLayout,
  notFoundComponent: NotFoundPage,
  // Wherever a shopper goes, the region goes along.
  search: { middlewares: [retainSearchParams<{ region?: string }>(['region'])] },
})

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

const cart = createRoute({
  getParentRoute: () => root,
  path: '/cart',
  component: lazyRouteComponent(() => import('./cart/cart-page.tsx'), 'CartPage'),
})

const orders = createRoute({
  getParentRoute: () => root,
  path: '/orders',
  component: lazyRouteComponent(() => import('./orders/orders-page.tsx'), 'OrdersPage'),
})

const order = createRoute({
  getParentRoute: () => root,
  path: '/orders/$orderId',
  component: lazyRouteComponent(() => import('./orders/order-page.tsx'), 'OrderPage'),
})

export const router = createRouter({
  routeTree: root.addChildren([search, product, cart, orders, order]),
  parseSearch: parseParams,
  stringifySearch: formatParams,
  scrollRestoration: true,
  defaultPreload: 'intent',
})
