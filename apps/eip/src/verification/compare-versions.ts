/** What the catalogue says of an id. `hash`: null once it was deleted. */
export type SourceVersion = Readonly<{ id: string; version: number; hash: string | null; isActive: boolean }>
/** What the view was given of it. `hash`: null where it was deleted, or what it said is not known. */
export type ViewVersion = Readonly<{ id: string; version: number; hash: string | null; isFound: boolean }>

/**
 * `missing`: the view does not have it, or does not find it. `stale`: an earlier version. `extra`: found though there is no such
 * product. `different`: of a version that the catalogue never gave, or with other content, or found though it is not active.
 */
export const differenceKinds = ['missing', 'stale', 'extra', 'different'] as const
export type DifferenceKind = (typeof differenceKinds)[number]
/** `unknown`: the version is right; an earlier version of the program did not note what it said. */
export type Comparison = 'same' | 'unknown' | DifferenceKind

export function compareVersions(source: SourceVersion | null, view: ViewVersion | null): Comparison {
  if (source === null || source.hash === null) return compareAbsent(source, view)
  if (view === null) return 'missing'
  if (view.version !== source.version) return view.version < source.version ? 'stale' : 'different'
  if (view.isFound !== source.isActive) return source.isActive ? 'missing' : 'different'
  if (view.hash === null) return 'unknown'
  return view.hash === source.hash ? 'same' : 'different'
}

/** Of a product that there is none of, it matters only whether it is found; not whether the view heard of its deletion. */
const compareAbsent = (source: SourceVersion | null, view: ViewVersion | null): Comparison => {
  if (view === null || !view.isFound) return 'same'
  return source !== null && view.version < source.version ? 'stale' : 'extra'
}

/**
 * Whether a difference may be no more than an event on its way: seen first against `first`, then against `now`. It is none if the
 * view has come as far as the catalogue was when it was first asked, and is not beyond where the catalogue is now.
 */
export const isOnItsWay = (first: SourceVersion | null, now: SourceVersion | null, view: ViewVersion | null): boolean =>
  first !== null && now !== null && view !== null && view.version >= first.version && view.version < now.version
