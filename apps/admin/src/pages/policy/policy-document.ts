import type { PolicyDocument } from '@eip/contracts'

/** Every number of a document by its path, in one order. */
export function flat({ weights, features }: PolicyDocument): ReadonlyMap<string, number> {
  const entries = [
    ...Object.entries(weights).map(([name, value]) => [`weights.${name}`, value] as const),
    ...Object.entries(features).flatMap(([feature, parameters]) =>
      Object.entries(parameters).map(([name, value]) => [`features.${feature}.${name}`, value] as const),
    ),
  ]
  return new Map(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** The same document with another number at a path that it has, or that is new to it. */
export function withValue(document: PolicyDocument, path: string, value: number): PolicyDocument {
  const [part, name, parameter] = path.split('.')
  if (part === 'weights') return { ...document, weights: { ...document.weights, [name!]: value } }
  const feature = { ...document.features[name!], [parameter!]: value }
  return { ...document, features: { ...document.features, [name!]: feature } }
}

export type PolicyChange = Readonly<{ path: string; before: number | null; after: number | null }>

/** What differs, by path; null where one of them has no such number. */
export function changes(before: PolicyDocument, after: PolicyDocument): readonly PolicyChange[] {
  const [old, now] = [flat(before), flat(after)]
  return [...new Set([...old.keys(), ...now.keys()])]
    .sort()
    .map((path) => ({ path, before: old.get(path) ?? null, after: now.get(path) ?? null }))
    .filter((change) => change.before !== change.after)
}

/** One number that two people set; `isConflict`: both changed it, and not alike. */
export type MergedValue = Readonly<{ path: string; base: number; theirs: number; mine: number; isConflict: boolean }>

/**
 * What became of a document that two people changed: every number that either of them touched. Where only one did, that
 * is what it becomes; where both did, mine stands until somebody decides.
 */
export function merge(
  base: PolicyDocument,
  theirs: PolicyDocument,
  mine: PolicyDocument,
): Readonly<{ document: PolicyDocument; touched: readonly MergedValue[] }> {
  const [old, other, own] = [flat(base), flat(theirs), flat(mine)]
  let document = mine
  const touched: MergedValue[] = []
  for (const [path, value] of own) {
    const [was, is] = [old.get(path) ?? value, other.get(path) ?? value]
    if (was === is && was === value) continue
    touched.push({ path, base: was, theirs: is, mine: value, isConflict: was !== value && was !== is && is !== value })
    if (was === value && is !== value) document = withValue(document, path, is)
  }
  return { document, touched }
}
