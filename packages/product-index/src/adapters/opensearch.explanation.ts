import type { TermExplanation } from '../product-index.port.ts'

/** A node of the tree in which Lucene explains a score. */
export type Explained = Readonly<{ value: number; description: string; details: readonly Explained[] }>

const termNode = /^weight\(CombinedFieldQuery\(\(.*?\)\((.*)\)\) in \d+\), result of:$/s

/**
 * The terms that decide: of each clause that matches the one that scores best, of equals the first.
 *
 *   sum of: ─┬─ weight(CombinedFieldQuery((…)(shoe)) …)               a clause of one term
 *            └─ max of: ─┬─ weight(CombinedFieldQuery((…)(red)) …)    one of several
 *                        └─ weight(…)
 */
export function decidingTerms(node: Explained): readonly TermExplanation[] {
  const term = termNode.exec(node.description)?.[1]
  if (term !== undefined) return [termOf(term, node)]
  const parts = node.details.map(decidingTerms)
  if (node.description !== 'max of:') return parts.flat()
  const all = parts.flat()
  const most = Math.max(...all.map(({ score }) => score))
  return all.filter(({ score }) => score === most).slice(0, 1)
}

const termOf = (term: string, node: Explained): TermExplanation => ({
  term,
  documentFrequency: valueBelow(node, 'n, '),
  inverseDocumentFrequency: valueBelow(node, 'idf, '),
  termFrequency: valueBelow(node, 'termFreq='),
  score: node.value,
})

/** Of the first node below whose description begins so. */
function valueBelow(node: Explained, start: string): number {
  const found = nodeBelow(node, start)
  if (found === undefined) throw new TypeError(`OpenSearch explains "${node.description}" without "${start}"`)
  return found.value
}

const nodeBelow = (node: Explained, start: string): Explained | undefined => {
  for (const each of node.details) {
    const found = each.description.startsWith(start) ? each : nodeBelow(each, start)
    if (found !== undefined) return found
  }
  return undefined
}

/** Parts are 32-bit floats: what they miss of the whole by rounding is given to the largest. */
export function summingTo(score: number, terms: readonly TermExplanation[]): readonly TermExplanation[] {
  const missing = terms.reduce((left, term) => left - term.score, score)
  const largest = terms.reduce((best, term, at) => (term.score > (terms[best]?.score ?? 0) ? at : best), 0)
  return terms.map((term, at) => (at === largest ? { ...term, score: term.score + missing } : term))
}
