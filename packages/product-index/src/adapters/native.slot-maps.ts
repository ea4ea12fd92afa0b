import type { IndexView } from '@eip/engine-text-index'
import type { VectorIndexReader, VectorPublication } from '@eip/engine-vector-index'

const UNKNOWN = -2

/**
 * Which vector slot is which document, both ways, looked up by id when first asked and then kept: as long as the view of
 * documents stays, and the slots do.
 *
 * ```
 * slot → reference   −1: its product is not in the view        a slot means one id as long as its generation lasts
 * reference → slot   −1: the product has no vector             until vectors are set or removed
 * ```
 * 4 bytes a slot and a document.
 */
export interface SlotMaps {
  /** To be called before others, whenever there may be another view or publication. */
  follow(view: IndexView, publication: VectorPublication): void
  referenceOf(slot: number): number
  slotOf(reference: number): number
}

export function createSlotMaps(reader: VectorIndexReader): SlotMaps {
  let view: IndexView | null = null
  let generation = ''
  let [slots, size] = [-1, -1]
  let references = new Int32Array(0)
  let slotsOf = new Int32Array(0)

  return Object.freeze({
    follow(newView: IndexView, publication: VectorPublication) {
      const isSameView = view === newView
      const isSameGeneration = generation === publication.generation
      const { documents, deleted } = newView.statistics()
      references = cleared(references, publication.slots, isSameView && isSameGeneration)
      const isSameSet = isSameGeneration && slots === publication.slots && size === publication.size
      slotsOf = cleared(slotsOf, documents + deleted, isSameView && isSameSet)
      view = newView
      generation = publication.generation
      slots = publication.slots
      size = publication.size
    },
    referenceOf(slot: number) {
      const known = references[slot]!
      if (known !== UNKNOWN) return known
      const found = view!.find(reader.idOf(slot)) ?? -1
      references[slot] = found
      return found
    },
    slotOf(reference: number) {
      const known = slotsOf[reference]!
      if (known !== UNKNOWN) return known
      const found = reader.find(view!.idOf(reference))
      slotsOf[reference] = found
      return found
    },
  })
}

/** An array for at least `length` numbers: kept, and what it held as well if that is still right, or room for a half more. */
function cleared(array: Int32Array<ArrayBuffer>, length: number, isRight: boolean): Int32Array<ArrayBuffer> {
  if (array.length >= length) return isRight ? array : array.fill(UNKNOWN)
  const grown = new Int32Array(Math.ceil(length * 1.5)).fill(UNKNOWN)
  if (isRight) grown.set(array)
  return grown
}
