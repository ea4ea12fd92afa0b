import type { IndexerContract } from '@eip/contracts'
import type { ProductIndexGenerations } from '@eip/product-index'
import type { Handlers } from '@eip/rpc'

/** What the view that serves was given. Pages go on in the view that they began with, whichever serves then: `GENERATION:CURSOR`. */
export const listVersions =
  (generations: Pick<ProductIndexGenerations, 'list' | 'writer'>): Handlers<IndexerContract>['listVersions'] =>
  async ({ ids, after, limit }) => {
    const serving = async () => (await generations.list()).find(({ state }) => state === 'serving')!.name
    if (ids !== undefined) {
      const { held } = await generations.writer(await serving())
      return { versions: [...(await held.of(ids))], next: null }
    }
    const [name, cursor] = after?.split(/:(.*)/s) ?? [await serving()]
    const { held } = await generations.writer(name!)
    const { versions, next } = await held.after(cursor ?? null, limit)
    return { versions: [...versions], next: next === null ? null : `${name}:${next}` }
  }
