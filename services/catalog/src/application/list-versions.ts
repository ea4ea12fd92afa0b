import { type CatalogContract, shortHash } from '@eip/contracts'
import type { Handlers } from '@eip/rpc'
import type { ProductStore, StandingVersion } from '../ports/product-store.port.ts'

type Needs = Readonly<{ productStore: ProductStore }>

const shortened = ({ id, version, hash, isActive }: StandingVersion) => ({
  ...{ id, version, hash: hash && shortHash(hash), isActive },
})

export const listVersions =
  ({ productStore }: Needs): Handlers<CatalogContract>['listVersions'] =>
  async ({ ids, after, limit }) => {
    if (ids !== undefined) return { versions: (await productStore.versionsOf(ids)).map(shortened), next: null }
    const versions = await productStore.versionsAfter(after ?? null, limit)
    return { versions: versions.map(shortened), next: versions.length < limit ? null : versions.at(-1)!.id }
  }
