import { grouped, table } from '../output.ts'
import type { FusionOverlaps } from './compare-fusion.ts'
import type { Compared, Difference } from './compare-models.ts'
import type { DifferenceCause } from './difference-cause.ts'
import { type Likeness, summed } from './likeness.ts'
import type { PortModel } from './parity-requests.ts'

/** Of one catalogue, everything that was compared; `hybridQuery` is null where the cluster has none of its own. */
export type ComparedCatalogue = Readonly<{
  name: string
  products: number
  queries: number
  own: number
  models: Readonly<Record<PortModel, Compared>>
  hybridQuery: FusionOverlaps | null
}>

type FusionLikeness = Pick<Likeness, 'requests' | 'overlap@10'>
type ByCatalogue<Told> = Told & Readonly<{ catalogues: Readonly<Record<string, Told>> }>
export type ModelLikeness = Readonly<Record<PortModel, ByCatalogue<Likeness>>> &
  Readonly<{ 'opensearch-hybrid'?: ByCatalogue<FusionLikeness> }>

/** Below this share of the same first pages, two engines do not answer alike. */
const leastOverlap = 0.98
const mostListed = 20

export function tellModels(catalogues: readonly ComparedCatalogue[]): ModelLikeness {
  const told = (model: PortModel): ByCatalogue<Likeness> => ({
    ...summed(catalogues.flatMap(({ models }) => models[model].likenesses)),
    catalogues: Object.fromEntries(catalogues.map(({ name, models }) => [name, summed(models[model].likenesses)])),
  })
  const fusions = catalogues.flatMap(({ name, hybridQuery }) => (hybridQuery === null ? [] : [{ name, hybridQuery }]))
  return {
    bm25: told('bm25'),
    filtered: told('filtered'),
    vector: told('vector'),
    hybrid: told('hybrid'),
    ...(fusions.length > 0 && {
      'opensearch-hybrid': {
        ...fusionLikeness(fusions.flatMap(({ hybridQuery }) => hybridQuery)),
        catalogues: Object.fromEntries(fusions.map(({ name, hybridQuery }) => [name, fusionLikeness(hybridQuery)])),
      },
    }),
  }
}

const fusionLikeness = (overlaps: FusionOverlaps): FusionLikeness => ({
  requests: overlaps.length,
  'overlap@10': overlaps.length === 0 ? 1 : overlaps.reduce((sum, each) => sum + each, 0) / overlaps.length,
})

/**
 * What is not as it must be, each in a sentence; none where both engines answer alike. Totals and facets of words are
 * exact and must be the same; where the nearest join them, a difference needs a cause: graphs are approximate.
 */
export function faultsOf(models: ModelLikeness, differences: readonly Difference[]): string[] {
  const faults: string[] = []
  for (const name of ['bm25', 'hybrid'] as const)
    if (models[name]['overlap@10'] < leastOverlap)
      faults.push(`overlap@10 of ${name} is ${models[name]['overlap@10'].toFixed(4)}, below ${leastOverlap}`)
  for (const name of ['bm25', 'filtered'] as const) {
    const { otherTotals, otherFacets } = models[name]
    if (otherTotals > 0) faults.push(`other totals in ${otherTotals} requests of ${name}`)
    if (otherFacets > 0) faults.push(`other facets in ${otherFacets} requests of ${name}`)
  }
  for (const name of ['vector', 'hybrid'] as const) {
    const { length } = differences.filter(({ model, cause }) => model === name && cause === 'unexplained')
    if (length > 0) faults.push(`differences without a cause in ${length} requests of ${name}`)
  }
  return faults
}

type ToldDifferences = Readonly<{
  count: number
  causes: Readonly<Partial<Record<DifferenceCause, number>>>
  listed: readonly Difference[]
}>

/** By model, at most twenty of the differences, those of the rarest cause first, and how many there are of each cause. */
export function tellDifferences(all: readonly Difference[]): Readonly<Record<string, ToldDifferences>> {
  const byModel = Object.groupBy(all, ({ model }) => model)
  return Object.fromEntries(
    Object.entries(byModel).map(([model, differences = []]) => {
      const byCause = Object.groupBy(differences, ({ cause }) => cause)
      const rarest = Object.values(byCause).sort((a, b) => a.length - b.length)
      const causes = Object.fromEntries(rarest.map((each) => [each[0]!.cause, each.length]))
      return [model, { count: differences.length, causes, listed: rarest.flat().slice(0, mostListed) }]
    }),
  )
}

const header = [
  'model',
  'catalogue',
  'requests',
  'overlap@10',
  'same order',
  'other totals',
  'other facets',
  'farthest score',
]

/** A table for people: each model over all catalogues, then by catalogue. */
export function describeModels(models: ModelLikeness): string {
  const rows = Object.entries(models).flatMap(([model, { catalogues, ...all }]) => [
    rowOf(model, 'all', all),
    ...Object.entries(catalogues).map(([name, each]) => rowOf('', name, each)),
  ])
  return table(header, rows)
}

const rowOf = (model: string, catalogue: string, told: Likeness | FusionLikeness): string[] => [
  model,
  catalogue,
  grouped(told.requests),
  told['overlap@10'].toFixed(4),
  ...('sameOrder' in told
    ? [
        told.sameOrder.toFixed(4),
        grouped(told.otherTotals),
        grouped(told.otherFacets),
        told.farthestScore === 0 ? '0' : told.farthestScore.toExponential(1),
      ]
    : ['-', '-', '-', '-']),
]

export function describeDifferences(differences: ReturnType<typeof tellDifferences>): string {
  const models = Object.entries(differences)
  if (models.length === 0) return 'No differences.'
  return models
    .map(([model, { count, causes, listed }]) => {
      const counted = Object.entries(causes).map(([cause, number]) => `  ${grouped(number)} × ${cause}`)
      const lines = listed.map(
        ({ catalogue, query, differs, cause }) => `  ${catalogue}, "${query}": ${differs.join('; ')} (${cause})`,
      )
      const rest = count > listed.length ? [`  … and ${grouped(count - listed.length)} more`] : []
      return [`Differences of ${model}: ${grouped(count)}`, ...counted, '', ...lines, ...rest].join('\n')
    })
    .join('\n\n')
}
