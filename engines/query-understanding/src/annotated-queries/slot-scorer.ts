import type { Slot } from '../intents/slot.ts'
import type { ExpectedSlot } from './annotated-query.ts'

export type SlotScore = Readonly<{
  expected: number
  found: number
  right: number
  precision: number
  recall: number
  f1: number
}>

/** Prices and measures are compared by their range, everything else by its value. */
function identity({ kind, ...said }: ExpectedSlot | Slot): string {
  if ('range' in said && said.range !== undefined) {
    const { minimum, maximum, unit } = said.range
    return JSON.stringify([kind, minimum, maximum, unit])
  }
  return JSON.stringify([kind, 'value' in said ? said.value : null])
}

/** The slots found and not expected, and those expected and not found. Each slot pairs with one other at most. */
export function compareSlots(
  expected: readonly ExpectedSlot[],
  found: readonly Slot[],
): Readonly<{ right: number; wrong: readonly Slot[]; missed: readonly ExpectedSlot[] }> {
  const missed = [...expected]
  const wrong = found.filter((slot) => {
    const at = missed.findIndex((other) => identity(other) === identity(slot))
    if (at >= 0) missed.splice(at, 1)
    return at < 0
  })
  return { right: found.length - wrong.length, wrong, missed }
}

/**
 * Precision, recall and F1 over the slots of all queries together (micro average): a slot is right if kind and value, or
 * kind and range, are the annotated ones. 0 to 1; all are 1 where nothing was to be found and nothing was.
 */
export function scoreSlots(
  pairs: Iterable<Readonly<{ expected: readonly ExpectedSlot[]; found: readonly Slot[] }>>,
): SlotScore {
  let [expected, found, right] = [0, 0, 0]
  for (const pair of pairs) {
    expected += pair.expected.length
    found += pair.found.length
    right += compareSlots(pair.expected, pair.found).right
  }
  const precision = found === 0 ? 1 : right / found
  const recall = expected === 0 ? 1 : right / expected
  const f1 = expected + found === 0 ? 1 : (2 * right) / (expected + found)
  return { expected, found, right, precision, recall, f1 }
}
