import { catalogContract, productChanged } from '@eip/contracts'
import type { OutboxRelay } from '@eip/database'
import type { Clock } from '@eip/kernel'
import { defineService } from '@eip/runtime'
import { countProducts } from './application/count-products.ts'
import { deleteProducts } from './application/delete-products.ts'
import { readProduct } from './application/read-product.ts'
import { upsertProducts } from './application/upsert-products.ts'
import type { ProductStore } from './ports/product-store.port.ts'

/** The relay must stand on the outbox that the product store writes to, and know the topic `productChanged`. */
export type CatalogNeeds = Readonly<{ productStore: ProductStore; outboxRelay: OutboxRelay; clock: Clock }>

/** The product master: which products there are, and what is said of them. */
export const catalog = defineService({
  name: 'catalog',
  contract: catalogContract,
  calls: [],
  consumes: {},
  publishes: [productChanged],
  build({ productStore, outboxRelay, clock }: CatalogNeeds) {
    return {
      handlers: {
        upsertProducts: upsertProducts({ productStore, clock }),
        deleteProducts: deleteProducts({ productStore, clock }),
        getProduct: readProduct({ productStore }),
        statistics: countProducts({ productStore, outboxRelay }),
      },
      start: async () => outboxRelay.start(),
      stop: () => outboxRelay.close(),
    }
  },
})
