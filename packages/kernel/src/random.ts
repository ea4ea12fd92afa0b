/** Randomness is an argument: the same seed gives the same sequence on every machine. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number
  /** A whole number, uniform in [0, below). */
  integer(below: number): number
  pick<T>(items: readonly T[]): T
}

/** xoshiro128** (Blackman, Vigna 2018), its state filled by SplitMix32. */
export function seededRandom(seed: number): Random {
  let mix = seed >>> 0
  const splitMix = () => {
    mix = (mix + 0x9e3779b9) >>> 0
    let z = mix
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b)
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35)
    return (z ^ (z >>> 16)) >>> 0
  }
  let a = splitMix()
  let b = splitMix()
  let c = splitMix()
  let d = splitMix()
  const rotate = (x: number, k: number) => (x << k) | (x >>> (32 - k))
  const next = () => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0
    const t = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= t
    d = rotate(d, 11)
    return result / 0x1_0000_0000
  }
  const integer = (below: number) => Math.floor(next() * below)
  return Object.freeze({ next, integer, pick: <T>(items: readonly T[]) => items[integer(items.length)] as T })
}
