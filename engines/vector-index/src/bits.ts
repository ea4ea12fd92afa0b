/** A bit a slot. */
export const hasBit = (words: Uint32Array, slot: number): boolean => (words[slot >>> 5]! & (1 << (slot & 31))) !== 0

export function setBit(words: Uint32Array, slot: number): void {
  words[slot >>> 5]! |= 1 << (slot & 31)
}

export function clearBit(words: Uint32Array, slot: number): void {
  words[slot >>> 5]! &= ~(1 << (slot & 31))
}

export const wordsFor = (slots: number): number => (slots + 31) >>> 5

/** At least so many slots: the same bits, or a copy with room to spare. */
export function coverBits(words: Uint32Array, slots: number): Uint32Array {
  if (wordsFor(slots) <= words.length) return words
  const larger = new Uint32Array(Math.max(64, wordsFor(slots) * 2))
  larger.set(words)
  return larger
}
