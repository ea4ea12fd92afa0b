import { failures } from '@eip/kernel'
import { columnOwners, type OwnedNumbers, ownedOf } from './owned-columns.ts'
import { type ColumnOwner, type OwnedColumn, ownedColumns } from './product-index.port.ts'
import type { HeldVersion } from './product-index-writer.port.ts'

const failure = failures({
  'product-index.owned-unreadable': {
    kind: 'internal',
    cure: 'Remove the index folder; the view is then built anew from the events.',
  },
})

/*
 *  rows [ version, atp, daysOfCover │ version, atp, daysOfCover │ … ]     one row for each entry of the version ledger
 *                                                                        NaN: nothing was said, or there is none
 */
export interface OwnedLedger {
  /** The owner's version for the entry, or −1. */
  versionOf(owner: ColumnOwner, entry: number): number
  set(owner: ColumnOwner, entry: number, version: number, numbers: OwnedNumbers): void
  /** All columns of owners that said something of the entry, absent ones null; null where none did. */
  numbersOf(entry: number): OwnedNumbers | null
  heldOf(entry: number): HeldVersion['owned']
  /** What the owner said, in one piece, for `restoreOwnedLedger`; of the moment, to be written before anything is set. */
  bytes(owner: ColumnOwner): Uint8Array
}

type Rows = Float64Array<ArrayBuffer>

const leastRows = 1_024
const widthOf = (owner: ColumnOwner): number => 1 + ownedColumns[owner].length

/**
 * What owners of columns said of each product, whether it is in the view or not: 24 bytes a product for stock and 56 for
 * logistics, none of it objects on the heap. An owner that says nothing takes nothing.
 */
export function createOwnedLedger(start: ReadonlyMap<ColumnOwner, Rows> = new Map()): OwnedLedger {
  const rowsOf = new Map<ColumnOwner, Rows>(start)
  /** Numbers that are in use, from the first row to the last one that was set. */
  const used = new Map<ColumnOwner, number>([...start].map(([owner, rows]) => [owner, rows.length]))
  const none: Rows = new Float64Array(0)
  const rows = (owner: ColumnOwner): Rows => rowsOf.get(owner) ?? none

  const roomFor = (owner: ColumnOwner, entry: number): Rows => {
    const held = rows(owner)
    const width = widthOf(owner)
    if ((entry + 1) * width <= held.length) return held
    const grown = new Float64Array(Math.max(leastRows, Math.ceil((entry + 1) * 1.5)) * width).fill(
      Number.NaN,
      held.length,
    )
    grown.set(held)
    rowsOf.set(owner, grown)
    return grown
  }
  const versionOf = (owner: ColumnOwner, entry: number): number => {
    const version = entry < 0 ? undefined : rows(owner)[entry * widthOf(owner)]
    return version === undefined || Number.isNaN(version) ? -1 : version
  }
  const numbersBy = (owner: ColumnOwner, entry: number): OwnedNumbers => {
    const [held, first] = [rows(owner), entry * widthOf(owner) + 1]
    const numbers: Partial<Record<OwnedColumn, number | null>> = {}
    for (const [at, column] of ownedColumns[owner].entries()) {
      const value = held[first + at]!
      numbers[column] = Number.isNaN(value) ? null : value
    }
    return numbers
  }
  const speakersOf = (entry: number) => columnOwners.filter((owner) => versionOf(owner, entry) >= 0)

  return Object.freeze({
    versionOf,
    set(owner: ColumnOwner, entry: number, version: number, numbers: OwnedNumbers) {
      const held = roomFor(owner, entry)
      let at = entry * widthOf(owner)
      held[at++] = version
      for (const column of ownedColumns[owner]) held[at++] = numbers[column] ?? Number.NaN
      used.set(owner, Math.max(used.get(owner) ?? 0, at))
    },
    numbersOf(entry: number) {
      const speakers = speakersOf(entry)
      return speakers.length === 0 ? null : Object.assign({}, ...speakers.map((owner) => numbersBy(owner, entry)))
    },
    heldOf: (entry: number) =>
      ownedOf(
        speakersOf(entry).map((owner) => ({
          ...{ owner, version: versionOf(owner, entry), numbers: numbersBy(owner, entry) },
        })),
      ),
    bytes: (owner: ColumnOwner) =>
      new Uint8Array(rows(owner).buffer, 0, (used.get(owner) ?? 0) * Float64Array.BYTES_PER_ELEMENT),
  })
}

/** Fails with `product-index.owned-unreadable` where the bytes are no whole rows. */
export function restoreOwnedLedger(stored: Readonly<Record<ColumnOwner, Uint8Array>>): OwnedLedger {
  const rows = columnOwners.map((owner) => {
    const bytes = stored[owner]
    if (bytes.length % (widthOf(owner) * 8) !== 0)
      throw failure('product-index.owned-unreadable', `${bytes.length} bytes of ${owner} are no whole rows`)
    const copy = new Float64Array(bytes.length / 8)
    new Uint8Array(copy.buffer).set(bytes)
    return [owner, copy] as const
  })
  return createOwnedLedger(new Map(rows))
}
