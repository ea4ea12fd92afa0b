import type { PolicyDocument } from '@eip/contracts'

/** A number, or one of several words. */
export type PolicyValue = number | string

/** Every value of a document by its path, in one order. */
export function flat({ weights, features, guards = {} }: PolicyDocument): ReadonlyMap<string, PolicyValue> {
  const entries: (readonly [string, PolicyValue])[] = [
    ...Object.entries(weights).map(([name, value]) => [`weights.${name}`, value] as const),
    ...Object.entries(features).flatMap(([feature, parameters]) =>
      Object.entries(parameters).map(([name, value]) => [`features.${feature}.${name}`, value] as const),
    ),
    ...Object.entries(guards).map(([name, value]) => [`guards.${name}`, value] as const),
  ]
  return new Map(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** The same document with another value at a path that it has, or that is new to it. Guards are words, all else is numbers. */
export function withValue(document: PolicyDocument, path: string, given: PolicyValue): PolicyDocument {
  const [part, name, parameter] = path.split('.')
  if (part === 'guards') return { ...document, guards: { ...document.guards, [name!]: String(given) } }
  const value = Number(given)
  if (part === 'weights') return { ...document, weights: { ...document.weights, [name!]: value } }
  const feature = { ...document.features[name!], [parameter!]: value }
  return { ...document, features: { ...document.features, [name!]: feature } }
}

export type PolicyChange = Readonly<{ path: string; before: PolicyValue | null; after: PolicyValue | null }>

/** What differs, by path; null where one of them has no such value. */
export function changes(before: PolicyDocument, after: PolicyDocument): readonly PolicyChange[] {
  const [old, now] = [flat(before), flat(after)]
  return [...new Set([...old.keys(), ...now.keys()])]
    .sort()
    .map((path) => ({ path, before: old.get(path) ?? null, after: now.get(path) ?? null }))
    .filter((change) => change.before !== change.after)
}

/** One value that two people set; `isConflict`: both changed it, and not alike. */
export type MergedValue = Readonly<{
  path: string
  base: PolicyValue
  theirs: PolicyValue
  mine: PolicyValue
  isConflict: boolean
}>

/**
 * What became of a document that two people changed: every value that either of them touched. Where only one did, that
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

/**
 * The document with what it says nothing of: one from before there were guards goes on ranking as it did, so what came with them
 * counts nothing there, and shows everything.
 */
export const completed = (document: PolicyDocument, fields: readonly AbsentField[]): PolicyDocument => {
  const has = flat(document)
  return fields
    .filter(({ path }) => !has.has(path))
    .reduce((now, { path, absent }) => withValue(now, path, absent), document)
}

export type AbsentField = Readonly<{ path: string; absent: PolicyValue }>
