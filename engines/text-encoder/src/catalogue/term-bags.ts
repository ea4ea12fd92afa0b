/** The weighted terms of several texts, one after another. */
export interface TermBags {
  /** Adds a term to the text that is open. */
  add(term: number, weight: number): void
  /** Ends a text; the next one begins. */
  close(): void
  clear(): void
  size(): number
  start(text: number): number
  end(text: number): number
  term(at: number): number
  weight(at: number): number
}

export function createTermBags(): TermBags {
  const terms: number[] = []
  const weights: number[] = []
  const ends: number[] = []
  return Object.freeze({
    add(term: number, weight: number) {
      terms.push(term)
      weights.push(weight)
    },
    close: () => void ends.push(terms.length),
    clear() {
      terms.length = 0
      weights.length = 0
      ends.length = 0
    },
    size: () => ends.length,
    start: (text: number) => (text === 0 ? 0 : ends[text - 1]!),
    end: (text: number) => ends[text]!,
    term: (at: number) => terms[at]!,
    weight: (at: number) => weights[at]!,
  })
}
