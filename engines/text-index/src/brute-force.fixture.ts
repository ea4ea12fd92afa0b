import type { Facet, FacetRequest, Filter, IndexDocument, IndexSchema, SearchRequest } from './index.ts'

/**
 * The index as a list: what it must answer, written from the definitions and nothing shared with the code under test.
 * `rows` holds every document added and not merged away, dead ones too, because they count in the statistics.
 */
export interface Row {
  readonly document: IndexDocument
  readonly numbers: Map<string, number | null>
  readonly keywords: Map<string, string | null>
  isLive: boolean
}

/** Lengths are exact to 40, then keep four significant bits: counted up instead of computed. */
export function lengthSteps(): number[] {
  const steps: number[] = []
  for (let length = 0; length < 40; length++) steps.push(length)
  for (let step = 2, length = 40; steps.length < 256; step *= 2)
    for (let at = 0; at < 8 && steps.length < 256; at++, length += step) steps.push(length)
  return steps
}

const STEPS = lengthSteps()
const shorten = (length: number) => STEPS.findLast((step) => step <= length)!

const occurrences = (terms: readonly string[], term: string) => terms.filter((other) => other === term).length

export interface Scored {
  readonly row: Row
  readonly score: number
  /** Whether it matches only because the request names it. */
  readonly isNamed: boolean
}

export function bruteForce(schema: IndexSchema, rows: readonly Row[]) {
  const { k1 = 1.2, b = 0.75, fields } = schema
  const perField = (of: (terms: readonly string[]) => number) =>
    fields.map((_, field) => rows.reduce((sum, { document }) => sum + of(document.terms[field]!), 0))
  const documents = Math.max(...perField((terms) => (terms.length > 0 ? 1 : 0)))
  const lengths = perField((terms) => terms.length)
  const total = fields.reduce((sum, { weight }, field) => Math.trunc(sum + weight * lengths[field]!), 0)
  const averageLength = documents === 0 ? 1 : Math.max(1, total) / documents

  function termScore(row: Row, term: string, boost: number): number {
    const frequency = fields.reduce(
      (sum, { weight }, field) => sum + weight * occurrences(row.document.terms[field]!, term),
      0,
    )
    if (frequency === 0) return 0
    const documentFrequency = Math.max(...perField((terms) => (terms.includes(term) ? 1 : 0)))
    const length = shorten(
      Math.round(
        fields.reduce((sum, { weight }, field) => sum + weight * shorten(row.document.terms[field]!.length), 0),
      ),
    )
    const idf = Math.log(1 + (documents - documentFrequency + 0.5) / (documentFrequency + 0.5))
    return (boost * idf * frequency) / (frequency + k1 * (1 - b + (b * length) / averageLength))
  }

  function has(row: Row, term: string): boolean {
    return row.document.terms.some((terms) => terms.includes(term))
  }

  /** The score of each clause that the row matches: that of its best term. */
  function clauseScores(row: Row, { clauses }: Pick<SearchRequest, 'clauses'>): number[] {
    return clauses
      .filter(({ terms }) => terms.some(({ term }) => has(row, term)))
      .map(({ terms }) => Math.max(...terms.map(({ term, boost = 1 }) => termScore(row, term, boost))))
  }

  function score(row: Row, request: Pick<SearchRequest, 'clauses'>): number {
    return clauseScores(row, request).reduce((sum, clause) => sum + clause, 0)
  }

  function matches(row: Row, { clauses, minimumClauses = 1 }: SearchRequest): boolean {
    if (clauses.length === 0) return true
    const matched = clauses.filter(({ terms }) => terms.some(({ term }) => has(row, term))).length
    return matched >= Math.min(minimumClauses, clauses.length)
  }

  function search(request: SearchRequest, also?: readonly string[]) {
    const isByClauses = (row: Row) => (also === undefined || request.clauses.length > 0) && matches(row, request)
    const found = rows.filter(
      (row) =>
        row.isLive &&
        (isByClauses(row) || also?.includes(row.document.id) === true) &&
        (request.filters ?? []).every((filter) => admits(row, filter)),
    )
    const scored = found.map((row): Scored => {
      const isNamed = !isByClauses(row)
      return { row, isNamed, score: isNamed ? 0 : score(row, request) }
    })
    scored.sort((left, right) => compareScored(left, right, request))
    return {
      total: found.length,
      totalByClauses: scored.filter(({ isNamed }) => !isNamed).length,
      hits: scored.slice(0, request.limit),
      facets: (request.facets ?? []).map((facet) => countFacet(found, facet)),
    }
  }

  return { search, score, clauseScores, termScore, averageLength, documents }
}

const compareIds = (left: Row, right: Row) =>
  Buffer.compare(Buffer.from(left.document.id), Buffer.from(right.document.id))

function compareScored(left: Scored, right: Scored, { sort }: SearchRequest): number {
  if (sort === undefined)
    return (
      Number(left.isNamed) - Number(right.isNamed) ||
      Math.round(right.score * 1e6) - Math.round(left.score * 1e6) ||
      compareIds(left.row, right.row)
    )
  const value = (row: Row) => row.numbers.get(sort.column) ?? row.keywords.get(sort.column) ?? null
  const a = value(left.row)
  const b = value(right.row)
  if (a === null || b === null) return Number(a === null) - Number(b === null) || compareIds(left.row, right.row)
  const order = typeof a === 'number' ? a - (b as number) : Buffer.compare(Buffer.from(a), Buffer.from(b as string))
  return (sort.order === 'ascending' ? order : -order) || compareIds(left.row, right.row)
}

export function admits(row: Row, filter: Filter): boolean {
  const isIn = () => {
    switch (filter.kind) {
      case 'keyword': {
        const value = row.keywords.get(filter.column) ?? null
        return value !== null && filter.anyOf.includes(value)
      }
      case 'tag':
        return (row.document.tags?.[filter.set] ?? []).some((tag) => filter.anyOf.includes(tag))
      case 'range': {
        const value = row.numbers.get(filter.column) ?? null
        return value !== null && !(value < (filter.minimum ?? value)) && !(value > (filter.maximum ?? value))
      }
      case 'ids':
        return filter.anyOf.includes(row.document.id)
    }
  }
  return isIn() !== (filter.not ?? false)
}

function countFacet(found: readonly Row[], facet: FacetRequest): Facet {
  if (facet.kind === 'ranges' || facet.kind === 'statistics') {
    const values = found.map((row) => row.numbers.get(facet.column) ?? null).filter((value) => value !== null)
    if (facet.kind === 'statistics')
      return {
        kind: 'statistics',
        minimum: values.length === 0 ? Number.NaN : Math.min(...values),
        maximum: values.length === 0 ? Number.NaN : Math.max(...values),
        count: values.length,
      }
    const bounds = [Number.NEGATIVE_INFINITY, ...facet.edges, Number.POSITIVE_INFINITY]
    const counts = bounds
      .slice(1)
      .map((end, at) => values.filter((value) => value >= bounds[at]! && value < end).length)
    return { kind: 'ranges', counts }
  }
  const values = found.flatMap((row) => {
    if (facet.kind === 'tag')
      return [...new Set(row.document.tags?.[facet.set] ?? [])].filter((tag) => tag.startsWith(facet.prefix ?? ''))
    const value = row.keywords.get(facet.column) ?? null
    return value === null ? [] : [value]
  })
  const counts = [...Map.groupBy(values, (value) => value)].map(([value, { length }]) => [value, length] as const)
  counts.sort((left, right) => right[1] - left[1] || Buffer.compare(Buffer.from(left[0]), Buffer.from(right[0])))
  const kept = counts.slice(0, facet.limit ?? 10)
  return { kind: facet.kind, values: kept.map(([value]) => value), counts: kept.map(([, count]) => count) }
}
