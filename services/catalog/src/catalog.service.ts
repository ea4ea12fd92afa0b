import { catalogContract, productChanged } from '@eip/contracts'
import type { OutboxRelay } from '@eip/database'
import { newTrace } from '@eip/rpc'
import { defineService } from '@eip/runtime'
import { countProducts } from './application/count-products.ts'
import { deleteProducts } from './application/delete-products.ts'
import { listVersions } from './application/list-versions.ts'
import { type ImportNeeds, ownImports } from './application/own-imports.ts'
import { readProduct } from './application/read-product.ts'
import { republishProducts } from './application/republish-products.ts'
import { upsertProducts } from './application/upsert-products.ts'
import type { ProductStore } from './ports/product-store.port.ts'

/** The relay must stand on the outbox that the product store writes to, and know the topic `productChanged`. */
export type CatalogNeeds = ImportNeeds & Readonly<{ productStore: ProductStore; outboxRelay: OutboxRelay }>

/** The product master: which products there are, and what is said of them. */
export const catalog = defineService({
  name: 'catalog',
  contract: catalogContract,
  calls: [],
  consumes: {},
  publishes: [productChanged],
  build({ productStore, outboxRelay, ...needs }: CatalogNeeds) {
    const { clock } = needs
    const upsert = upsertProducts({ productStore, clock })
    const imports = ownImports({ ...needs, load: (products) => upsert({ products }, { trace: newTrace() }) })
    return {
      handlers: {
        upsertProducts: upsert,
        deleteProducts: deleteProducts({ productStore, clock }),
        getProduct: readProduct({ productStore }),
        statistics: countProducts({ productStore, outboxRelay }),
        listVersions: listVersions({ productStore }),
        republishProducts: republishProducts({ productStore, clock }),
        ...imports.handlers,
      },
      async start() {
        outboxRelay.start()
        await imports.start()
      },
      // An import takes as long as it takes: it is broken off, and runs again at the next start.
      drain: imports.stop,
      async stop() {
        await imports.stop()
        await outboxRelay.close()
      },
    }
  },
})
