import type { PolicyDocument } from '@eip/contracts'
import type { Gateway } from '@eip/theme'
import type { Side } from './explorer-state.ts'

export type PreviewRequest = Parameters<Gateway['previewSearch']>[0]

/** How many hits are asked for, so that one knows where a product went that is no longer among the first. */
export const listed = 50

/** Whether the mode ranks by the policy, and whether it needs an encoder. */
export const ranksByPolicy = ({ mode }: Pick<Side, 'mode'>): boolean => mode === 'ranked'
export const readsMeaning = ({ mode }: Pick<Side, 'mode'>): boolean => mode !== 'bm25'

/** What one side asks for a shopper of a region (empty: not known). `document`: of the policy that is not the published one; undefined: the published one. */
export const previewRequest = (
  query: string,
  region: string,
  side: Side,
  document: PolicyDocument | undefined,
): PreviewRequest => ({
  ...{ query, mode: side.mode, understand: side.understand, filters: [...side.filters], facets: [] },
  ...{ explain: true, size: listed },
  ...(region === '' ? {} : { region }),
  ...(side.encoder === 'serving' || !readsMeaning(side) ? {} : { encoder: side.encoder }),
  ...(document === undefined || !ranksByPolicy(side) ? {} : { policy: document }),
})
