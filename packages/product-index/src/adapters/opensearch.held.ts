import { columnOwners, ownedOf } from '../owned-columns.ts'
import { type ColumnOwner, type OwnedColumn, ownedColumns } from '../product-index.port.ts'
import type { HeldVersion, HeldVersions } from '../product-index-writer.port.ts'
import type { Json } from './opensearch.names.ts'
import type { Hit, View, Views } from './opensearch.views.ts'

/** Ids that are asked for at once. */
const page = 1_000

const source = Object.freeze(['id', 'version', 'hash', 'active', 'owned', 'numbers'])
type Source = Readonly<{
  id: string
  /** Left out where nothing but columns came. */
  version?: number
  hash?: string
  active: boolean
  owned?: Readonly<Partial<Record<ColumnOwner, number>>>
  numbers?: Readonly<Partial<Record<OwnedColumn, number>>>
}>

const heldOf = ({ _source }: Hit): HeldVersion => {
  const { id, version = 0, hash = null, active, owned = {}, numbers = {} } = _source as Source
  const numbersOf = (owner: ColumnOwner) =>
    Object.fromEntries(ownedColumns[owner].map((column) => [column, numbers[column] ?? null]))
  const said = columnOwners.flatMap((owner) => {
    const held = owned[owner]
    return held === undefined ? [] : [{ owner, version: held, numbers: numbersOf(owner) }]
  })
  return { id, version, hash, isFound: active, owned: ownedOf(said) }
}

const search = async (view: View, body: Json): Promise<readonly HeldVersion[]> =>
  (await view.search({ track_total_hits: false, _source: source, ...body })).hits.hits.map(heldOf)

/** Versions as the newest view has them: of calls that are through. */
export const opensearchHeldVersions = (views: Views): HeldVersions =>
  Object.freeze({
    of: (ids: readonly string[]) =>
      views.use(async (view) => {
        const held = new Map<string, HeldVersion>()
        for (let at = 0; at < ids.length; at += page) {
          const query = { terms: { id: ids.slice(at, at + page) } }
          for (const one of await search(view, { query, size: page })) held.set(one.id, one)
        }
        return ids.flatMap((id) => held.get(id) ?? [])
      }),
    after: (cursor: string | null, limit: number) =>
      views.use(async (view) => {
        const after = cursor === null ? {} : { search_after: [cursor] }
        const versions = await search(view, { query: { match_all: {} }, sort: [{ id: 'asc' }], size: limit, ...after })
        return { versions, next: versions.length < limit ? null : versions.at(-1)!.id }
      }),
  })
