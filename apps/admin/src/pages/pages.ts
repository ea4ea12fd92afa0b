import type { Role } from '@eip/contracts'
import {
  IconAdjustmentsHorizontal,
  IconArrowsLeftRight,
  IconBrain,
  IconBuildingWarehouse,
  IconDatabaseImport,
  IconEngine,
  IconGauge,
  IconHistory,
  IconPackage,
  IconParking,
  IconReceipt,
  IconSearch,
  IconTopologyStar,
  IconTruckDelivery,
  IconUsers,
} from '@tabler/icons-react'
import type { ComponentType } from 'react'
import type { PageTitle } from '../shell/shell-messages.ts'

export type PageEntry = Readonly<{
  path: string
  title: PageTitle
  /** null: not in the navigation. */
  icon: typeof IconGauge | null
  group: 'shop' | 'ranking' | 'platform'
  roles: readonly Role[]
  load: () => Promise<{ default: ComponentType }>
}>

const readers: readonly Role[] = ['viewer', 'merchandiser', 'operator']

const page =
  <Name extends string>(load: () => Promise<Readonly<Record<Name, ComponentType>>>, name: Name): PageEntry['load'] =>
  async () => ({ default: (await load())[name] })

/** Every page, in the order of the navigation. */
export const pages: readonly PageEntry[] = [
  {
    ...{ path: '/overview', title: 'overview', icon: IconGauge, group: 'platform', roles: readers },
    load: page(() => import('./overview/overview-page.tsx'), 'OverviewPage'),
  },
  {
    ...{ path: '/catalogue', title: 'catalogue', icon: IconPackage, group: 'shop', roles: readers },
    load: page(() => import('./catalogue/catalogue-page.tsx'), 'CataloguePage'),
  },
  {
    ...{ path: '/imports', title: 'imports', icon: IconDatabaseImport, group: 'shop', roles: readers },
    load: page(() => import('./imports/imports-page.tsx'), 'ImportsPage'),
  },
  {
    ...{ path: '/imports/$id', title: 'imports', icon: null, group: 'shop', roles: readers },
    load: page(() => import('./imports/import-page.tsx'), 'ImportPage'),
  },
  {
    ...{ path: '/stock', title: 'stock', icon: IconBuildingWarehouse, group: 'shop', roles: readers },
    load: page(() => import('./stock/stock-page.tsx'), 'StockPage'),
  },
  {
    ...{ path: '/stock/$id', title: 'stock', icon: null, group: 'shop', roles: readers },
    load: page(() => import('./stock/product-stock-page.tsx'), 'ProductStockPage'),
  },
  {
    ...{ path: '/deliveries', title: 'deliveries', icon: IconTruckDelivery, group: 'shop', roles: readers },
    load: page(() => import('./deliveries/deliveries-page.tsx'), 'DeliveriesPage'),
  },
  {
    ...{ path: '/orders', title: 'orders', icon: IconReceipt, group: 'shop', roles: readers },
    load: page(() => import('./orders/orders-page.tsx'), 'OrdersPage'),
  },
  {
    ...{ path: '/orders/$id', title: 'orders', icon: null, group: 'shop', roles: readers },
    load: page(() => import('./orders/order-page.tsx'), 'OrderPage'),
  },
  {
    ...{ path: '/explorer', title: 'explorer', icon: IconSearch, group: 'ranking', roles: readers },
    load: page(() => import('./explorer/explorer-page.tsx'), 'ExplorerPage'),
  },
  {
    ...{ path: '/policy', title: 'policy', icon: IconAdjustmentsHorizontal, group: 'ranking', roles: readers },
    load: page(() => import('./policy/policy-page.tsx'), 'PolicyPage'),
  },
  {
    ...{ path: '/synonyms', title: 'synonyms', icon: IconArrowsLeftRight, group: 'ranking', roles: readers },
    load: page(() => import('./synonyms/synonyms-page.tsx'), 'SynonymsPage'),
  },
  {
    ...{ path: '/encoders', title: 'encoders', icon: IconBrain, group: 'ranking', roles: readers },
    load: page(() => import('./encoders/encoders-page.tsx'), 'EncodersPage'),
  },
  {
    ...{ path: '/topics', title: 'topics', icon: IconTopologyStar, group: 'platform', roles: readers },
    load: page(() => import('./topics/topics-page.tsx'), 'TopicsPage'),
  },
  {
    ...{ path: '/engines', title: 'engines', icon: IconEngine, group: 'platform', roles: readers },
    load: page(() => import('./engines/engines-page.tsx'), 'EnginesPage'),
  },
  {
    ...{ path: '/parked', title: 'parked', icon: IconParking, group: 'platform', roles: readers },
    load: page(() => import('./parked/parked-page.tsx'), 'ParkedPage'),
  },
  {
    ...{ path: '/accounts', title: 'accounts', icon: IconUsers, group: 'platform', roles: ['operator'] },
    load: page(() => import('./accounts/accounts-page.tsx'), 'AccountsPage'),
  },
  {
    ...{ path: '/audit', title: 'audit', icon: IconHistory, group: 'platform', roles: readers },
    load: page(() => import('./audit/audit-page.tsx'), 'AuditPage'),
  },
]
