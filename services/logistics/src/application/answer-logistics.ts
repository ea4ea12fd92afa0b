import {
  type DeliveryPromise,
  type LogisticsContract,
  type LogisticsRates,
  type LogisticsScore,
  logisticsFailure,
} from '@eip/contracts'
import type { OutboxRelay } from '@eip/database'
import type { EventBus } from '@eip/event-bus'
import type { Clock } from '@eip/kernel'
import type { Handlers } from '@eip/rpc'
import { calibrationOf } from '../domain/calibration.ts'
import { distanceBand } from '../domain/distance.ts'
import { type KnownCoverage, type KnownProduct, unknownProduct } from '../domain/known.ts'
import { routeKey } from '../domain/order-fact.ts'
import { chainedRates, type GroupKind, latestDays, leadDays, promisedRates, type Rates } from '../domain/rates.ts'
import { noSums, type Sums, scaleOf } from '../domain/sums.ts'
import type { Fact, FactReads, FactStore } from '../ports/fact-store.port.ts'
import { group, topics } from './follow-facts.ts'
import { listRegions, regionBits } from './list-regions.ts'
import { readNote } from './notes.ts'
import { keepPlaces, placesOf } from './place-regions.ts'
import { productRates, putScores, tellScores } from './tell-scores.ts'

type Needs = Readonly<{
  factStore: FactStore
  bus: EventBus
  outboxRelay: Pick<OutboxRelay, 'pending'>
  clock: Clock
  step: number
}>

const pageSize = 1_000

/** All facts of a kind whose keys begin so, page by page. */
async function* everyFact<Content>(
  facts: FactReads,
  kind: 'product' | 'sum',
  prefix = '',
): AsyncGenerator<Fact<Content>> {
  for (let after: string | null = null; ; ) {
    const page: readonly Fact<Content>[] = await facts.page<Content>(kind, after, pageSize, prefix)
    yield* page
    if (page.length < pageSize) return
    after = page.at(-1)!.key
  }
}

/** Everything that logistics answers. */
export function answerLogistics(needs: Needs): Handlers<LogisticsContract> {
  const { factStore, bus, outboxRelay } = needs
  return {
    async getScores({ productIds }) {
      const found = await factStore.get<LogisticsScore>('score', productIds)
      return { scores: productIds.flatMap((id) => found.get(id)?.content ?? []) }
    },
    promise: promiseDeliveries(needs),
    async listRegions() {
      const regions = [...(await regionBits(factStore))].map(([region, bit]) => ({ region, bit }))
      return { regions: regions.sort((a, b) => (a.region < b.region ? -1 : 1)) }
    },
    listRates: listRates(needs),
    setCoverage: setCoverage(needs),
    placeRegions: async ({ regions }) => ({ changed: await keepPlaces(factStore, regions) }),
    calibration: async () => calibrationOf(await readNote(factStore, 'calibration')),
    async statistics() {
      // In the order in which events travel: one that moves on between the two is counted, or learned.
      const unpublishedEvents = await outboxRelay.pending()
      const behind = Object.values(await bus.lag(group, topics)).reduce((sum, events) => sum + events, 0)
      let sellers = 0
      for await (const _ of everyFact(factStore, 'sum', 'seller ')) sellers++
      const [products, orders] = [await factStore.count('product'), await factStore.count('order')]
      return { products, sellers, orders, behind, unpublishedEvents }
    },
    ...keepTrue(needs),
  }
}

/** What the serving view is compared with, and mended by. */
function keepTrue({
  factStore,
  clock,
  step,
}: Needs): Pick<Handlers<LogisticsContract>, 'listScoreVersions' | 'republishScores'> {
  const shown = ({ key: id, version, content: { productId: _, ...score } }: Fact<LogisticsScore>) => ({
    id,
    version,
    ...score,
  })
  return {
    async listScoreVersions({ ids, after, limit }) {
      if (ids !== undefined)
        return { versions: [...(await factStore.get<LogisticsScore>('score', ids)).values()].map(shown), next: null }
      const page = await factStore.page<LogisticsScore>('score', after ?? null, limit)
      return { versions: page.map(shown), next: page.length < limit ? null : page.at(-1)!.key }
    },
    republishScores: ({ products }) =>
      factStore.change(async (facts) => {
        const ids = products.map(({ id }) => id)
        // A reader may hold what was never heard of here, as after a backup came back: it is told what is true of any product.
        const known = await facts.get<KnownProduct>('product', ids)
        const unheard = ids.filter((id) => !known.has(id))
        await facts.put(
          'product',
          unheard.map((key) => ({ key, version: 0, content: unknownProduct })),
        )
        await tellScores(facts, unheard, { clock, step })
        const held = await facts.get<LogisticsScore>('score', ids)
        const again = products.flatMap(({ id, above }) => {
          const fact = held.get(id)
          return fact === undefined ? [] : [{ ...fact, version: Math.max(fact.version, above) + 1 }]
        })
        await putScores(facts, again, clock.now())
        return { republished: again.length }
      }),
  }
}

/** Leaning on the whole, then how far it is, then the seller, then the route: where it goes decides more than who sends it. */
function promiseDeliveries({ factStore }: Needs): Handlers<LogisticsContract>['promise'] {
  return async ({ productIds, region }) => {
    const held = await factStore.get<KnownProduct>('product', productIds)
    const latest = await readNote(factStore, 'latest')
    const strengths = await readNote(factStore, 'strengths')
    const places = await placesOf(factStore)
    const keysOf = ({ seller, sellerRegion }: KnownProduct) => {
      const band = distanceBand(sellerRegion, region, places)
      return {
        distance: band === null ? null : `distance ${band}`,
        seller: seller === null ? null : `seller ${seller}`,
        route: region === null || sellerRegion === null ? null : `route ${routeKey(sellerRegion, region)}`,
      }
    }
    const wanted = [...held.values()].flatMap(({ content }) => Object.values(keysOf(content)))
    const sums = await factStore.get<Sums>('sum', ['all ', ...wanted.filter((key) => key !== null)])
    const sellers = [...held.values()].flatMap(({ content: { seller } }) => (seller === null ? [] : [seller]))
    const coverages = await factStore.get<KnownCoverage>('coverage', sellers)
    const all = sums.get('all ')?.content ?? noSums
    const scale = scaleOf(all, latest)
    const promised = (productId: string): DeliveryPromise => {
      const known = held.get(productId)?.content
      const keys = keysOf(known ?? unknownProduct)
      const groups = (['distance', 'seller', 'route'] as const).flatMap((kind) => {
        const key = keys[kind]
        return key === null ? [] : [{ kind, sums: sums.get(key)?.content }]
      })
      const rates = promisedRates(all, groups, strengths, scale)
      const covered = known?.seller ? coverages.get(known.seller)?.content.regions : null
      return {
        productId,
        isDeliverable: region === null || !covered || covered.includes(region),
        days: rounded(leadDays(rates)),
        latestDays: rounded(latestDays(rates)),
        lateProbability: all.wPromised === 0 ? null : Number(rates.delay.toFixed(4)),
        basis: basisOf(all, groups),
      }
    }
    return { promises: productIds.map(promised) }
  }
}

const rounded = (days: number | null): number | null => (days === null ? null : Number(days.toFixed(1)))

/** The narrowest that anything has arrived of. */
function basisOf(
  all: Sums,
  groups: readonly Readonly<{ kind: GroupKind; sums: Sums | undefined }>[],
): DeliveryPromise['basis'] {
  const arrived = (wanted: GroupKind) => groups.some(({ kind, sums }) => kind === wanted && (sums?.deliveries ?? 0) > 0)
  if (arrived('route')) return 'route'
  if (arrived('seller')) return 'seller'
  if (arrived('distance')) return 'distance'
  return all.deliveries > 0 ? 'all' : 'nothing'
}

/** Raw counts beside rates. Sellers, categories and routes lean on the whole; products on seller and category too. */
function listRates({ factStore }: Needs): Handlers<LogisticsContract>['listRates'] {
  return async ({ by, contains, limit }) => {
    const asked = contains.toLowerCase()
    const found: Readonly<{ name: string; sums: Sums }>[] = []
    for await (const { key, content } of everyFact<Sums>(factStore, 'sum', `${by} `)) {
      const name = key.slice(by.length + 1)
      if (content.orders > 0 && name.toLowerCase().includes(asked)) found.push({ name, sums: content })
    }
    found.sort((a, b) => b.sums.orders - a.sums.orders || (a.name < b.name ? -1 : 1))
    const shown = found.slice(0, limit)
    const all = (await factStore.get<Sums>('sum', ['all '])).get('all ')?.content ?? noSums
    const strengths = await readNote(factStore, 'strengths')
    const scale = scaleOf(all, await readNote(factStore, 'latest'))
    const whole = chainedRates(all, [], strengths, scale)
    const known = await factStore.get<KnownProduct>('product', by === 'product' ? shown.map(({ name }) => name) : [])
    const ofProducts = await productRates(factStore, new Map([...known].map(([id, { content }]) => [id, content])))
    const ratesOf = ({ name, sums }: (typeof shown)[number]) =>
      ofProducts.get(name) ?? chainedRates(all, [{ kind: by, sums }], strengths, scale)
    return {
      rates: shown.map((each) => counted(each.name, each.sums, ratesOf(each))),
      all: counted('', all, whole),
      total: found.length,
    }
  }
}

const counted = (name: string, sums: Sums, rates: Rates): LogisticsRates => {
  const { orders, deliveries, late, units, returned, cancelled, reviews, badReviews } = sums
  return {
    ...{ name, orders, deliveries, late, units, returned, cancelled, reviews, badReviews },
    delayRate: rates.delay,
    returnRate: rates.return,
    cancellationRate: rates.cancellation,
    leadTimeDays: rounded(leadDays(rates)),
  }
}

/** Where a seller delivers to holds at once: all of its products are told anew in the same change. */
function setCoverage({ factStore, clock, step }: Needs): Handlers<LogisticsContract>['setCoverage'] {
  return async ({ seller, regions }) => {
    const sold: string[] = []
    for await (const { key, content } of everyFact<KnownProduct>(factStore, 'product'))
      if (content.seller === seller) sold.push(key)
    if (sold.length === 0) throw logisticsFailure('logistics.no-such-seller', `nothing is sold by "${seller}"`)
    const wanted = regions === null ? null : [...new Set(regions)].sort()
    await factStore.change(async (facts) => {
      await listRegions(facts, wanted ?? [], clock, true)
      await facts.put('coverage', [{ key: seller, version: 0, content: { regions: wanted } }])
      await tellScores(facts, sold, { clock, step })
    })
    return { seller, regions: wanted }
  }
}
