import type { CatalogContract } from '@eip/contracts'
import type { Clock } from '@eip/kernel'
import type { Handlers } from '@eip/rpc'
import { decideDeletion } from '../domain/product-change.ts'
import type { ProductStore } from '../ports/product-store.port.ts'
import { occasionOf } from './occasion.ts'

type Needs = Readonly<{ productStore: ProductStore; clock: Clock }>

export const deleteProducts =
  ({ productStore, clock }: Needs): Handlers<CatalogContract>['deleteProducts'] =>
  async ({ ids }, call) => {
    const occasion = occasionOf(call, clock)
    const requests = ids.map((id) => ({ id }))
    const outcomes = await productStore.change(requests, ({ id }, standing) => decideDeletion(id, standing, occasion))
    const deleted = outcomes.filter((outcome) => outcome === 'deleted').length
    return { deleted, absent: outcomes.length - deleted }
  }
