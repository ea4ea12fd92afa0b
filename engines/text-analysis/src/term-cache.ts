/**
 * A map with a bound, in two generations: what was not asked for while a whole generation filled is forgotten.
 * A hit costs one look-up, and nothing is moved on a hit in the young generation (cheaper than least-recently-used).
 */
export interface TermCache<Value> {
  get(key: string): Value | undefined
  set(key: string, value: Value): void
  /** Entries held now: at most twice the capacity of a generation. */
  size(): number
}

export function createTermCache<Value>(generationCapacity: number): TermCache<Value> {
  let young = new Map<string, Value>()
  let old = new Map<string, Value>()
  const set = (key: string, value: Value): void => {
    if (young.size >= generationCapacity) {
      old = young
      young = new Map()
    }
    young.set(key, value)
  }
  const get = (key: string): Value | undefined => {
    const found = young.get(key)
    if (found !== undefined) return found
    const older = old.get(key)
    // The old key string is kept (it is a compact copy), not the asked-for one, which may be a view of a long text.
    if (older !== undefined) set(compactString(key), older)
    return older
  }
  return Object.freeze({ get, set, size: () => young.size + old.size })
}

/**
 * A copy that shares no memory: V8 keeps a slice as a view of the whole text it was cut from, so that a cache keyed
 * by slices would hold every long description it ever saw.
 */
export function compactString(text: string): string {
  const encoding = /^[\0-\xff]*$/.test(text) ? 'latin1' : 'utf16le'
  return Buffer.from(text, encoding).toString(encoding)
}
