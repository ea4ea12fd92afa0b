import type { CatalogContract } from '@eip/contracts'
import type { OutboxRelay } from '@eip/database'
import type { Handlers } from '@eip/rpc'
import type { ProductStore } from '../ports/product-store.port.ts'

type Needs = Readonly<{ productStore: ProductStore; outboxRelay: Pick<OutboxRelay, 'pending'> }>

export const countProducts =
  ({ productStore, outboxRelay }: Needs): Handlers<CatalogContract>['statistics'] =>
  async () => ({ ...(await productStore.count()), unpublishedEvents: await outboxRelay.pending() })
