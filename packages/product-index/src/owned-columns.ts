import { failures } from '@eip/kernel'
import { type ColumnOwner, type OwnedColumn, ownedColumns } from './product-index.port.ts'
import type { HeldVersion, OwnedChange } from './product-index-writer.port.ts'

const failure = failures({
  'product-index.bad-column': { kind: 'invalid', cure: 'Give a finite number, or null where there is none.' },
})

export const columnOwners = Object.freeze(Object.keys(ownedColumns)) as readonly ColumnOwner[]

/** Every column that some owner sets, and no product. */
export const allOwnedColumns: readonly OwnedColumn[] = Object.freeze(
  columnOwners.flatMap((owner) => ownedColumns[owner]),
)

export type OwnedNumbers = Readonly<Partial<Record<OwnedColumn, number | null>>>

/** Each column of the owner with what the change says of it, absent ones null. Fails with `product-index.bad-column`. */
export function ownedNumbersOf({ owner, id, numbers }: OwnedChange): OwnedNumbers {
  const said: OwnedNumbers = numbers ?? {}
  const all: Partial<Record<OwnedColumn, number | null>> = {}
  for (const column of ownedColumns[owner]) {
    const value = said[column] ?? null
    if (value !== null && !Number.isFinite(value))
      throw failure('product-index.bad-column', `"${column}" of product "${id}" is ${value}, no finite number`, {
        ...{ id, column },
      })
    all[column] = value
  }
  return all
}

/** Of each owner and product the newest, in the order in which they first came. */
export function newestOwned(changes: readonly OwnedChange[]): readonly OwnedChange[] {
  const newest = new Map<string, OwnedChange>()
  for (const change of changes) {
    const key = `${change.owner}/${change.id}`
    const known = newest.get(key)
    if (known === undefined || change.version > known.version) newest.set(key, change)
  }
  return [...newest.values()]
}

/** What is held of an owner: the numbers that are there. */
export const ownedOf = (
  said: readonly Readonly<{ owner: ColumnOwner; version: number; numbers: OwnedNumbers }>[],
): HeldVersion['owned'] =>
  Object.fromEntries(
    said.map(({ owner, version, numbers }) => {
      const present = Object.entries(numbers).filter(([, value]) => value !== null && value !== undefined)
      return [owner, { version, numbers: Object.fromEntries(present) }]
    }),
  )
