import { type CatalogContract, catalogFailure } from '@eip/contracts'
import type { Handlers } from '@eip/rpc'
import type { ProductStore } from '../ports/product-store.port.ts'

type Needs = Readonly<{ productStore: ProductStore }>

export const readProduct =
  ({ productStore }: Needs): Handlers<CatalogContract>['getProduct'] =>
  async ({ id }) => {
    const found = await productStore.read(id)
    if (!found) throw catalogFailure('catalog.not-found', `there is no product with the id "${id}"`)
    return found
  }
