import { setTimeout as wait } from 'node:timers/promises'
import {
  type Comparison,
  compareVersions,
  type DifferenceKind,
  differenceKinds,
  isOnItsWay,
  type SourceVersion,
  type ViewVersion,
} from './compare-versions.ts'

type Page<Version> = Readonly<{ versions: readonly Version[]; next: string | null }>
type Asked = Readonly<{ ids: string[] } | { after?: string; limit: number }>

/** The source of truth and the view that serves, asked a page at a time. */
export type Verifiable = Readonly<{
  sourceVersions(asked: Asked): Promise<Page<SourceVersion>>
  viewVersions(asked: Asked): Promise<Page<ViewVersion>>
  /** Events that the view has not taken in yet, those too that are not on the bus yet. */
  behind(): Promise<number>
}>

/** `viewVersion`: null where the view knows nothing of it. */
export type Difference = Readonly<{
  id: string
  kind: DifferenceKind
  sourceVersion: number | null
  viewVersion: number | null
}>

export type Verification = Readonly<{
  compared: number
  counts: Readonly<Record<DifferenceKind, number>>
  unknown: number
  /** The first of them. */
  first: readonly Difference[]
}>

export type VerifyOptions = Readonly<{
  /** What differs on a page, when it is sure. */
  onDifferences?: (differences: readonly Difference[]) => Promise<void>
  onProgress?: (compared: number) => void
  pageSize?: number
  shown?: number
  /** How long a difference may be on its way. */
  patienceMs?: number
}>

const lookMs = 50

/**
 * Compares both page by page, one page of each in memory:
 *
 *   catalogue ─ page ─▶ ids ─▶ view            missing, stale, different, deleted and yet found
 *   view ────── page ─▶ ids ─▶ catalogue       extra: ids that the catalogue never had
 */
export async function verifyView(between: Verifiable, options: VerifyOptions = {}): Promise<Verification> {
  const { pageSize = 1_000, shown = 20, onDifferences = async () => {}, onProgress = () => {} } = options
  const counts = { missing: 0, stale: 0, extra: 0, different: 0 }
  const first: Difference[] = []
  let [compared, unknown] = [0, 0]

  const take = async (differences: readonly Difference[]) => {
    for (const { kind } of differences) counts[kind]++
    first.push(...differences.slice(0, shown - first.length))
    if (differences.length > 0) await onDifferences(differences)
  }
  for await (const sources of pages(between.sourceVersions, pageSize)) {
    const settled = await comparePage(between, sources, options.patienceMs)
    compared += sources.length
    unknown += settled.unknown
    await take(settled.differences)
    onProgress(compared)
  }
  for await (const views of pages(between.viewVersions, pageSize)) {
    const known = byId((await between.sourceVersions({ ids: views.map(({ id }) => id) })).versions)
    const never = views.filter(({ id }) => !known.has(id))
    compared += never.length
    await take(never.flatMap((view) => differenceOf(compareVersions(null, view), null, view)))
    onProgress(compared)
  }
  return { compared, counts, unknown, first }
}

export const differencesIn = ({ counts }: Verification): number =>
  differenceKinds.reduce((sum, kind) => sum + counts[kind], 0)

async function* pages<Version>(read: (asked: Asked) => Promise<Page<Version>>, limit: number) {
  for (let after: string | undefined; ; ) {
    const { versions, next } = await read({ limit, ...(after !== undefined && { after }) })
    if (versions.length > 0) yield versions
    if (next === null) return
    after = next
  }
}

/**
 * Asks again for what differs until it agrees, or nothing is on its way any more, or the patience ends. Then it is sure: what the
 * catalogue said at first has reached the view by now, and what it has said since is let pass.
 */
async function comparePage(between: Verifiable, asked: readonly SourceVersion[], patienceMs = 30_000) {
  const firstSeen = byId(asked)
  const end = performance.now() + patienceMs
  let unknown = 0
  const compare = (sources: readonly SourceVersion[], views: ReadonlyMap<string, ViewVersion>) =>
    sources.flatMap((source) => {
      const view = views.get(source.id) ?? null
      const comparison = compareVersions(source, view)
      if (comparison === 'unknown') unknown++
      return isOnItsWay(firstSeen.get(source.id) ?? null, source, view) ? [] : differenceOf(comparison, source, view)
    })
  const viewsOf = async (ids: string[]) => byId((await between.viewVersions({ ids })).versions)

  let differences = compare(asked, await viewsOf([...firstSeen.keys()]))
  while (differences.length > 0) {
    const isSure = performance.now() >= end || (await hasNothingOnItsWay(between))
    const ids = differences.map(({ id }) => id)
    // First the view, then the catalogue: a version that the view has and the catalogue does not was then never given.
    const views = await viewsOf(ids)
    differences = compare((await between.sourceVersions({ ids })).versions, views)
    if (isSure) break
    await wait(lookMs)
  }
  return { differences, unknown }
}

/** Asked twice: an event that goes from the outbox to the bus between two looks would be in neither. */
const hasNothingOnItsWay = async ({ behind }: Verifiable): Promise<boolean> =>
  (await behind()) === 0 && (await behind()) === 0

const byId = <Version extends Readonly<{ id: string }>>(versions: readonly Version[]) =>
  new Map(versions.map((version) => [version.id, version]))

function differenceOf(comparison: Comparison, source: SourceVersion | null, view: ViewVersion | null): Difference[] {
  if (comparison === 'same' || comparison === 'unknown') return []
  const id = (source ?? view)!.id
  return [{ id, kind: comparison, sourceVersion: source?.version ?? null, viewVersion: view?.version ?? null }]
}
