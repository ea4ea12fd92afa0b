import { fusionProfiles } from '@eip/engine-fusion'
import { grouped, table } from '../output.ts'
import { type PairedDifference, pairedBootstrap } from './bootstrap.ts'
import { type CrossValidatedWeight, crossValidatedWeight } from './cross-validated-weight.ts'
import type { SearchEvaluation, SearchFigures } from './evaluate-search.ts'

export const protocol =
  'ndcg@10: judged products only, ordered by their scores, those without one last, ties by SHA-1 of the id; gain 2^grade-1; ' +
  'queries with two different grades or more. ndcg@10_catalogue: first ten of the whole catalogue, unjudged = 0; ' +
  'mrr, recall: the same list, relevant = grade above 0. Times: one page of a hundred, in process, encoding included. ' +
  'Against bm25: difference of ndcg@10, 95 % interval by paired bootstrap over queries (2,000 resamples, seed 1). ' +
  'Cross-validated: one weight of meaning for all queries, chosen on four fifths of them, measured on the rest.'

export type Told = SearchFigures & Readonly<{ against_bm25?: PairedDifference; cross_validated?: CrossValidatedWeight }>

/** Figures as they are told: against the words alone where these were measured, and with one weight where there are cosines. */
export function tellAll(
  models: Readonly<Record<string, SearchEvaluation>>,
  kind: 'catalogue' | 'transformer' | null,
): Readonly<Record<string, Told>> {
  const baseline = models.bm25?.judged
  return Object.fromEntries(
    Object.entries(models).map(([name, { figures, judged, scores }]) => {
      const against = baseline && name !== 'bm25' ? { against_bm25: pairedBootstrap(judged, baseline) } : {}
      const isChosen = kind !== null && scores.length > 0
      const chosen = isChosen ? { cross_validated: crossValidatedWeight(scores, fusionProfiles[kind].method) } : {}
      return [name, { ...figures, ...against, ...chosen }]
    }),
  )
}

const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`

/** A table for people. */
export function describe(models: Readonly<Record<string, Told>>): string {
  const rows = Object.entries(models).map(([name, figures]) => {
    const difference = figures.against_bm25
    return [
      name,
      figures['ndcg@10'].toFixed(4),
      difference === undefined
        ? ''
        : `${signed(difference.mean)} [${signed(difference.low)}, ${signed(difference.high)}]`,
      figures['ndcg@10_catalogue'].toFixed(4),
      figures.mrr.toFixed(4),
      figures['recall@10'].toFixed(4),
      figures['recall@100'].toFixed(4),
      figures.p50_ms.toFixed(2),
      figures.p95_ms.toFixed(2),
      grouped(figures.informative_queries),
      grouped(figures.queries),
    ]
  })
  const header = [
    ...['model', 'nDCG@10', 'against bm25, 95 %', 'nDCG@10 catalogue', 'MRR', 'recall@10', 'recall@100'],
    ...['p50 ms', 'p95 ms', 'judged queries', 'queries'],
  ]
  const weights = Object.entries(models).flatMap(([name, { cross_validated: chosen }]) =>
    chosen === undefined
      ? []
      : [
          `${name} with one weight, cross-validated: ${chosen['ndcg@10'].toFixed(4)} (weights ${chosen.weights.join(', ')})`,
        ],
  )
  return [table(header, rows), ...weights, '', protocol].join('\n')
}
