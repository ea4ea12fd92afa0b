import { createHash } from 'node:crypto'
import { ANALYSIS_VERSION } from '@eip/engine-text-analysis'
import { indexSchema, mappingRevision } from './product-document.ts'

/**
 * Names the serving view by all that decides what stands in it: schema with field weights, analysis, mapping.
 * A snapshot of another generation is not read; a query analysed for another one does not fit.
 */
export const generation: string = createHash('sha256')
  .update(JSON.stringify({ schema: indexSchema, analysis: ANALYSIS_VERSION, mapping: mappingRevision }))
  .digest('hex')
  .slice(0, 12)
