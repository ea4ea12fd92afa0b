import { sharedUint32 } from './growable.ts'

/** Documents between two yields. */
const STEP = 16_384

/**
 * The documents of each tag, from the tags of each document (a counting sort by ordinal): what a category page reads
 * instead of looking at every document.
 *
 * ```
 * ordinals   3 7 8          tags that the segment has, ascending
 * starts     0 2 3 6        documents of ordinals[i] are documents[starts[i] … starts[i+1])
 * documents  1 9 4 0 1 2    ascending within a tag
 * ```
 * O(documents + tags + largest ordinal); yields now and then.
 */
export function* invertTags(
  set: number,
  offsets: Uint32Array,
  values: Uint32Array,
): Generator<void, Record<string, SharedArrayBuffer>> {
  let largest = 0
  for (let at = 0; at < values.length; at++) if (values[at]! > largest) largest = values[at]!
  const counts = new Uint32Array(largest + 1)
  for (let at = 0; at < values.length; at++) counts[values[at]!]!++
  yield
  let distinct = 0
  for (let ordinal = 0; ordinal <= largest; ordinal++) if (counts[ordinal]! > 0) distinct++
  const ordinals = sharedUint32(distinct)
  const starts = sharedUint32(distinct + 1)
  // From here on, counts[ordinal] is where the next document of the tag goes.
  let next = 0
  for (let ordinal = 0; ordinal <= largest; ordinal++) {
    const count = counts[ordinal]!
    if (count === 0) continue
    counts[ordinal] = starts[next]!
    ordinals[next] = ordinal
    starts[next + 1] = starts[next]! + count
    next++
  }
  yield
  const documents = sharedUint32(values.length)
  for (let document = 0; document + 1 < offsets.length; document++) {
    const end = offsets[document + 1]!
    for (let at = offsets[document]!; at < end; at++) documents[counts[values[at]!]!++] = document
    if (document % STEP === 0) yield
  }
  return {
    [`tags.${set}.posting-ordinals`]: ordinals.buffer,
    [`tags.${set}.posting-starts`]: starts.buffer,
    [`tags.${set}.posting-documents`]: documents.buffer,
  }
}

/** Where the documents of a tag lie: the index into `ordinals`, −1 when the segment has none. */
export function findTag(ordinals: Uint32Array, ordinal: number): number {
  let low = 0
  let high = ordinals.length - 1
  while (low <= high) {
    const middle = (low + high) >>> 1
    if (ordinals[middle] === ordinal) return middle
    if (ordinals[middle]! < ordinal) low = middle + 1
    else high = middle - 1
  }
  return -1
}
