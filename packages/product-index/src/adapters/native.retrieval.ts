import type { AnalyzedQuery } from '@eip/engine-text-analysis'
import type { Filter as IndexFilter, QueryClause } from '@eip/engine-text-index'
import { attributeSet, attributeTag, categoryTags } from '../product-document.ts'
import type { Filter } from '../product-index.port.ts'

/** The engine keeps one bit a clause; what stands beyond in a query is hardly a search any more. */
const mostClauses = 32

/**
 * The clauses that are searched for. A stop word beside other words would only let through what matches nothing else;
 * alone it is all that was asked.
 */
export function clausesOf(query: AnalyzedQuery | null): readonly QueryClause[] {
  const all = query?.clauses ?? []
  const meaningful = all.filter(({ isStopWord }) => !isStopWord)
  return (meaningful.length > 0 ? meaningful : all).slice(0, mostClauses)
}

export const filterOf = (filter: Filter): IndexFilter => {
  switch (filter.kind) {
    case 'category': {
      const anyOf = filter.anyOf.flatMap((path) => categoryTags(path).slice(-1))
      return { kind: 'tag', set: 'category', anyOf }
    }
    case 'attribute':
      return {
        kind: 'tag',
        set: attributeSet,
        anyOf: filter.anyOf.map((value) => attributeTag(filter.name, value)),
      }
    case 'range': {
      const { column, minimum, maximum } = filter
      return { kind: 'range', column, ...(minimum !== null && { minimum }), ...(maximum !== null && { maximum }) }
    }
    default:
      return filter
  }
}
