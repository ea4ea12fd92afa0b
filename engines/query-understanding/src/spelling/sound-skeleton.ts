/**
 * Consonant classes of a name in either script, so that names that sound alike can be looked up before they are compared:
 * K T S P M N L, vowels and glides left out, equal neighbours once (the idea of Soundex: Russell, US patent 1,261,167).
 *
 * ```
 *   커버낫   ㅋㅓㅂㅓㄴㅏᆺ   K P N T
 *   covernat c ov e(r)n a t   K P N T
 * ```
 */
const HANGUL_CLASSES = new Map(
  Object.entries({
    K: 'ㄱㄲㅋ\u11a8',
    T: 'ㄷㄸㅌ\u11ae\u11ba',
    S: 'ㅅㅆㅈㅉㅊ',
    P: 'ㅂㅃㅍ\u11b8',
    M: 'ㅁ\u11b7',
    N: 'ㄴ\u11ab\u11bc',
    L: 'ㄹ\u11af',
  }).flatMap(([name, jamo]) => [...jamo].map((letter) => [letter, name] as const)),
)

/** Read from left to right, the first that fits; "" is not heard. */
const LATIN_CLASSES: readonly (readonly [spelling: RegExp, classes: string])[] = [
  [/sch|tch|dge|sh|ch|th|ts|tz|ds|ps|sc(?=[eiy])/y, 'S'],
  [/ph/y, 'P'],
  [/gh|kn|gn(?=$)|wh/y, ''],
  [/ng?(?=[^aeiou]|$)/y, 'N'],
  [/x/y, 'KS'],
  [/[cg](?=[eiy])|[szj]/y, 'S'],
  [/[ckqg]/y, 'K'],
  [/[td]/y, 'T'],
  [/[pbfv]/y, 'P'],
  [/r(?![aeiouy])/y, ''],
  [/[lr]/y, 'L'],
  [/m/y, 'M'],
  [/n/y, 'N'],
]

const withoutRepeats = (classes: string): string => classes.replace(/(.)\1+/g, '$1')

/** The classes of `soundsOf` a Hangul name. */
export const hangulSkeleton = (sounds: string): string =>
  withoutRepeats(Array.from(sounds, (sound) => HANGUL_CLASSES.get(sound) ?? '').join(''))

/** The classes of a Latin name: folded letters alone. O(length). */
export function latinSkeleton(latin: string): string {
  let classes = ''
  let index = 0
  while (index < latin.length) {
    let width = 1
    for (const [spelling, found] of LATIN_CLASSES) {
      spelling.lastIndex = index
      const match = spelling.exec(latin)
      if (match === null) continue
      classes += found
      width = match[0].length
      break
    }
    index += width
  }
  return withoutRepeats(classes)
}

/** A skeleton and what remains of it when one class is left out: two names within one class share one of these. */
export function skeletonKeys(skeleton: string): string[] {
  const keys = new Set([skeleton])
  for (let i = 0; i < skeleton.length; i++) keys.add(withoutRepeats(skeleton.slice(0, i) + skeleton.slice(i + 1)))
  keys.delete('')
  return [...keys]
}
