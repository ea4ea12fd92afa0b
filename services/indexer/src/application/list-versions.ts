import type { IndexerContract } from '@eip/contracts'
import type { ProductIndexGenerations } from '@eip/product-index'
import type { HeldVersion } from '@eip/product-index/writer'
import type { Handlers, OutputOf } from '@eip/rpc'

type ViewVersion = OutputOf<IndexerContract['listVersions']>['versions'][number]

const stockOf = ({ owned: { inventory } }: HeldVersion): ViewVersion['stock'] =>
  inventory === undefined ? null : { version: inventory.version, atp: null, daysOfCover: null, ...inventory.numbers }

function logisticsOf({ owned: { logistics } }: HeldVersion): ViewVersion['logistics'] {
  if (logistics === undefined) return null
  const { logisticsScore: score = null, ...numbers } = logistics.numbers
  const nothing = { delayRate: null, returnRate: null, shortageRate: null, leadTimeDays: null, coverage: null }
  return { version: logistics.version, score, ...nothing, ...numbers }
}

const told = (held: HeldVersion): ViewVersion => {
  const { owned: _, ...product } = held
  return { ...product, stock: stockOf(held), logistics: logisticsOf(held) }
}

/** What the view that serves was given. Pages go on in the view that they began with, whichever serves then: `GENERATION:CURSOR`. */
export const listVersions =
  (generations: Pick<ProductIndexGenerations, 'list' | 'writer'>): Handlers<IndexerContract>['listVersions'] =>
  async ({ ids, after, limit }) => {
    const serving = async () => (await generations.list()).find(({ state }) => state === 'serving')!.name
    if (ids !== undefined) {
      const { held } = await generations.writer(await serving())
      return { versions: (await held.of(ids)).map(told), next: null }
    }
    const [name, cursor] = after?.split(/:(.*)/s) ?? [await serving()]
    const { held } = await generations.writer(name!)
    const { versions, next } = await held.after(cursor ?? null, limit)
    return { versions: versions.map(told), next: next === null ? null : `${name}:${next}` }
  }
