/** Endings of one word in the singular and the plural, English and Portuguese; the last two are Portuguese genders. */
const ENDINGS: readonly (readonly [string, string])[] = [
  ['', 's'],
  ['', 'es'],
  ['y', 'ies'],
  ['f', 'ves'],
  ['fe', 'ves'],
  ['', 'i'],
  ['m', 'ns'],
  ['l', 'is'],
  ['ao', 'oes'],
  ['ao', 'aes'],
  ['o', 'a'],
  ['os', 'as'],
]
const pairs: ReadonlySet<string> = new Set(ENDINGS.flatMap(([a, b]) => [`${a} ${b}`, `${b} ${a}`]))

/**
 * Whether two names differ in the number or gender of one word only. Stems join more than that ("fit" and "fitness",
 * "cream" and "creamed"): they find candidates, and this decides. What differs is what stands between the longest common
 * beginning and a common end, tried with up to two letters of the beginning given back ("battery", "batteries").
 */
export function differOnlyInNumber(a: string, b: string): boolean {
  if (a === b) return true
  const shortest = Math.min(a.length, b.length)
  let start = 0
  while (start < shortest && a[start] === b[start]) start++
  let tail = 0
  while (tail < shortest - start && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++
  for (let back = 0; back <= Math.min(2, start); back++)
    for (let kept = Math.max(0, tail - 2); kept <= tail; kept++)
      if (pairs.has(`${a.slice(start - back, a.length - kept)} ${b.slice(start - back, b.length - kept)}`)) return true
  return false
}
