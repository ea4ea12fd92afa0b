import type { CatalogContract } from '@eip/contracts'
import type { Clock } from '@eip/kernel'
import type { Handlers } from '@eip/rpc'
import { decideRepublishing } from '../domain/product-change.ts'
import { contentOf } from '../domain/product-content.ts'
import type { ProductStore } from '../ports/product-store.port.ts'
import { occasionOf } from './occasion.ts'

type Needs = Readonly<{ productStore: ProductStore; clock: Clock }>

/** Publishes products once more as they are, and that there are none of ids that there are none of. */
export const republishProducts =
  ({ productStore, clock }: Needs): Handlers<CatalogContract>['republishProducts'] =>
  async ({ products }, call) => {
    const occasion = occasionOf(call, clock)
    const requests = []
    for (const { id, above } of products) {
      const found = await productStore.read(id)
      const read = found && { id, product: found.product, content: contentOf(found.product) }
      requests.push({ id, above, read, readVersion: found?.version ?? null })
    }
    const outcomes = await productStore.change(requests, (request, standing) =>
      decideRepublishing(request, standing, occasion),
    )
    const count = (outcome: (typeof outcomes)[number]) => outcomes.filter((each) => each === outcome).length
    return { republished: count('republished'), withdrawn: count('withdrawn'), changed: count('changed') }
  }
