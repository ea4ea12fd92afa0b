/**
 * The partition of a key: FNV-1a over its UTF-16 code units (Fowler, Noll, Vo; 32 bits), finished with the mixer of
 * MurmurHash3 (Appleby), because the low bits of plain FNV follow the last characters of the key.
 * Part of the stored format: a key must find its partition again after every release.
 */
export function partitionOf(key: string, partitions: number): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < key.length; index += 1) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) % partitions
}
