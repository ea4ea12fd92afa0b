import { areNeighbours } from './keyboard.ts'

/** What an edit costs beside a plain one (1): slips that fingers make more often are cheaper, a wrong first letter dearer. */
export const EDIT_COSTS = Object.freeze({ transposed: 0.8, neighbour: 0.75, doubled: 0.6, first: 0.5 })

/** Words are cut here before they are compared: a row of the table has a fixed length. */
const LONGEST = 48
const WIDTH = LONGEST + 1
const edits = new Uint8Array(WIDTH * WIDTH)
const costs = new Float64Array(WIDTH * WIDTH)

/** Edits between two words, and what they cost as slips of the hand. */
export type Edits = Readonly<{ distance: number; cost: number }>

/**
 * Damerau–Levenshtein distance in its restricted form (optimal string alignment: Damerau, CACM 1964; Wagner & Fischer,
 * JACM 1974), or null if it is above `most`. Only cells within `most` of the diagonal are filled: O(most · length).
 * The cost is that of the cheapest alignment by `EDIT_COSTS`, found in the same pass.
 */
export function editsBetween(typed: string, meant: string, most: number): Edits | null {
  const [n, m] = [Math.min(typed.length, LONGEST), Math.min(meant.length, LONGEST)]
  if (Math.abs(n - m) > most) return null
  const beyond = most + 1
  for (let i = 0; i <= n; i++) {
    const [from, to] = [Math.max(0, i - most), Math.min(m, i + most)]
    let least = beyond
    for (let j = from; j <= to; j++) {
      const cell = i * WIDTH + j
      fill(typed, meant, i, j, most)
      least = Math.min(least, edits[cell] as number)
    }
    if (least > most) return null
  }
  const end = n * WIDTH + m
  const distance = edits[end] as number
  if (distance > most) return null
  const isFirstKept = n === 0 || m === 0 || typed[0] === meant[0]
  return { distance, cost: (costs[end] as number) + (isFirstKept ? 0 : EDIT_COSTS.first) }
}

function fill(typed: string, meant: string, i: number, j: number, most: number): void {
  const cell = i * WIDTH + j
  if (i === 0 || j === 0) {
    edits[cell] = i + j
    costs[cell] = i + j
    return
  }
  const [a, b] = [typed[i - 1] as string, meant[j - 1] as string]
  const diagonal = cell - WIDTH - 1
  const isSame = a === b
  let distance = (edits[diagonal] as number) + (isSame ? 0 : 1)
  let cost = (costs[diagonal] as number) + (isSame ? 0 : areNeighbours(a, b) ? EDIT_COSTS.neighbour : 1)
  const step = (from: number, added: number): void => {
    distance = Math.min(distance, (edits[from] as number) + 1)
    cost = Math.min(cost, (costs[from] as number) + added)
  }
  // Outside the band nothing was filled: its edge has no neighbour there.
  if (j - i < most) step(cell - WIDTH, i > 1 && typed[i - 2] === a ? EDIT_COSTS.doubled : 1)
  if (i - j < most) step(cell - 1, j > 1 && meant[j - 2] === b ? EDIT_COSTS.doubled : 1)
  if (i > 1 && j > 1 && a === meant[j - 2] && b === typed[i - 2]) step(cell - 2 * WIDTH - 2, EDIT_COSTS.transposed)
  edits[cell] = Math.min(distance, 255)
  costs[cell] = cost
}
