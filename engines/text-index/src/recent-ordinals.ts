/** Values remembered in one generation; there are two. */
const GENERATION = 32_768

/**
 * Ordinals of values that were asked for lately: brands, categories and attributes come again and again, and a look-up by
 * the string itself, whose hash the engine of JavaScript keeps, costs a fifth of one by its bytes. Bounded, in two generations
 * (what was not asked for while one filled is forgotten).
 */
export interface RecentOrdinals {
  /** 0: not remembered. */
  get(value: string): number
  set(value: string, ordinal: number): void
}

export function createRecentOrdinals(): RecentOrdinals {
  let young = new Map<string, number>()
  let old = new Map<string, number>()
  const set = (value: string, ordinal: number): void => {
    if (young.size >= GENERATION) {
      old = young
      young = new Map()
    }
    young.set(value, ordinal)
  }
  return Object.freeze({
    set,
    get(value: string) {
      const found = young.get(value)
      if (found !== undefined) return found
      const older = old.get(value)
      if (older === undefined) return 0
      set(value, older)
      return older
    },
  })
}
