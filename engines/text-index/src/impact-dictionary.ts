import {
  type Growable,
  growableFloat64,
  growableUint8,
  growableUint32,
  pushBytes,
  pushFloat64,
  pushUint32,
} from './growable.ts'

/**
 * What a posting says beside its document: combined term frequency, length byte of the document, and the fields it
 * was found in (the mask keeps per-field document frequencies exact through merges). A segment has a few thousand
 * distinct triples, so a posting stores a code of 16 bits, and a query reads one small table instead of computing
 * tf / (tf + normalisation[length]) per posting.
 */
export interface ImpactDictionary {
  readonly frequencies: Growable<Float64Array>
  readonly lengths: Growable<Uint8Array>
  readonly masks: Growable<Uint32Array>
  table: Uint32Array
}

const ONE_BYTE = new Uint8Array(1)

export function createImpactDictionary(): ImpactDictionary {
  return {
    frequencies: growableFloat64(),
    lengths: growableUint8(),
    masks: growableUint32(),
    table: new Uint32Array(1024),
  }
}

function slotOf(dictionary: ImpactDictionary, frequency: number, length: number, mask: number): number {
  const { frequencies, lengths, masks, table } = dictionary
  const bits = table.length - 1
  let hash = Math.imul((frequency * 256) | 0, 0x9e3779b1) ^ Math.imul(length, 0x85ebca6b) ^ Math.imul(mask, 0xc2b2ae35)
  hash ^= hash >>> 15
  for (let slot = hash & bits; ; slot = (slot + 1) & bits) {
    const code = table[slot]! - 1
    if (code < 0) return slot
    if (frequencies.array[code] === frequency && lengths.array[code] === length && masks.array[code] === mask)
      return slot
  }
}

function rehash(dictionary: ImpactDictionary): void {
  const { frequencies, lengths, masks } = dictionary
  dictionary.table = new Uint32Array(dictionary.table.length * 2)
  for (let code = 0; code < frequencies.length; code++)
    dictionary.table[slotOf(dictionary, frequencies.array[code]!, lengths.array[code]!, masks.array[code]!)] = code + 1
}

/** The code of a triple; a new one gets the next code. */
export function impactCode(dictionary: ImpactDictionary, frequency: number, length: number, mask: number): number {
  const slot = slotOf(dictionary, frequency, length, mask)
  const known = dictionary.table[slot]!
  if (known !== 0) return known - 1
  const code = dictionary.frequencies.length
  dictionary.table[slot] = code + 1
  pushFloat64(dictionary.frequencies, frequency)
  ONE_BYTE[0] = length
  pushBytes(dictionary.lengths, ONE_BYTE)
  pushUint32(dictionary.masks, mask)
  if (code * 2 > dictionary.table.length) rehash(dictionary)
  return code
}

/** Two bytes a posting, unless a segment has more distinct triples than they can tell apart. */
export function impactCodes(buffer: ArrayBufferLike, codes: number): Uint16Array | Uint32Array {
  return codes <= 0x10000 ? new Uint16Array(buffer) : new Uint32Array(buffer)
}

export const impactCodeBytes = (codes: number): number => (codes <= 0x10000 ? 2 : 4)
