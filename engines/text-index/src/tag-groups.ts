/**
 * Tags of a set may form groups: a group is made by its head, `NAME␟` (U+001F, "unit separator", which no readable text
 * holds), and its members are the tags `NAME␟…` that come later. A document carries the head of each group that it has a
 * member of, before the members. Facets over groups (`group-facets.ts`) then tell an attribute's values without comparing text:
 *
 * ```
 * ordinal   1         2            3       4         5             6
 * value     colour␟   colour␟red   size␟   size␟XL   colour␟blue   sale
 * group     1         1            3       3         1             0      the ordinal of the head; 0 = none
 * ```
 */
export const GROUP_SEPARATOR = '\u001f'

export const groupHead = (name: string): string => name + GROUP_SEPARATOR

/** The groups of one dictionary. Their heads lie on the heap, not their members. */
export interface TagGroups {
  /** The group of a value, 0 for none. Values are given in the order of their ordinals. */
  groupOf(value: string, ordinal: number): number
}

export function tagGroups(): TagGroups {
  const heads = new Map<string, number>()
  return Object.freeze({
    groupOf(value: string, ordinal: number) {
      const end = value.indexOf(GROUP_SEPARATOR) + 1
      if (end === 0) return 0
      if (end < value.length) return heads.get(value.slice(0, end)) ?? 0
      heads.set(value, ordinal)
      return ordinal
    },
  })
}
