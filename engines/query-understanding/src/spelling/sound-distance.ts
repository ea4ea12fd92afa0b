import { type SoundSpelling, soundSpellings } from './sound-table.ts'

/** What it costs to leave a letter without a sound, or a sound without a letter. */
const SILENT_COSTS: Readonly<Record<string, number>> = { h: 0.25, e: 0.35, r: 0.15, w: 0.5, g: 0.7, t: 0.7 }
const SILENT_FINAL_E = 0.05
/** French names, and plurals that Korean drops: 닥터마틴 (Dr. Martens). */
const SILENT_FINAL_S = 0.45
const SILENT_VOWEL = 0.6
const UNHEARD_CONSONANT = 1
const UNWRITTEN_VOWEL = 0.8
const UNWRITTEN_CONSONANT = 1
const DOUBLED = 0.05
const IS_VOWEL = /[aeiouy]/
const FIRST_VOWEL = 0x314f
const LAST_VOWEL = 0x3163
const LONGEST = 40
const UNUSUAL_READING = 0.4
const SOFTENERS = new Set('eiy')

function silentCost(latin: string, index: number): number {
  const letter = latin[index] as string
  if (letter === latin[index - 1]) return DOUBLED
  if (letter === 'e' && index === latin.length - 1) return SILENT_FINAL_E
  if (letter === 's' && index === latin.length - 1) return SILENT_FINAL_S
  // "r" is not heard before a consonant and at the end: 노스 (north), 버버리 (burberry).
  if (letter === 'r' && IS_VOWEL.test(latin[index + 1] ?? 'b')) return UNHEARD_CONSONANT
  return SILENT_COSTS[letter] ?? (IS_VOWEL.test(letter) ? SILENT_VOWEL : UNHEARD_CONSONANT)
}

function unwrittenCost(sound: string): number {
  const code = sound.charCodeAt(0)
  return code >= FIRST_VOWEL && code <= LAST_VOWEL ? UNWRITTEN_VOWEL : UNWRITTEN_CONSONANT
}

const costs = new Float64Array((LONGEST + 1) * (LONGEST + 1))

/**
 * How far a Latin name is from sounding like a Hangul one: the cheapest alignment of sounds and spellings (a weighted edit
 * distance over many-to-many pairs, as in letter-to-phoneme alignment: Jiampojamarn, Kondrak & Sherif, NAACL 2007), or
 * infinity if it is above `most`. `sounds` are those of `soundsOf`, `latin` folded letters alone.
 * O(sounds · letters · spellings), most cells being left out as too dear.
 */
export function soundDistance(sounds: string, latin: string, most: number): number {
  const [n, m] = [sounds.length, latin.length]
  if (n > LONGEST || m > LONGEST) return Number.POSITIVE_INFINITY
  const width = m + 1
  costs.fill(Number.POSITIVE_INFINITY, 0, (n + 1) * width)
  costs[0] = 0
  const reach = (cell: number, cost: number): void => {
    if (cost <= most && cost < (costs[cell] as number)) costs[cell] = cost
  }
  for (let i = 0; i <= n; i++) {
    const spellings = i < n ? (soundSpellings.get(sounds[i] as string) ?? []) : []
    for (let j = 0; j <= m; j++) {
      const cost = costs[i * width + j] as number
      if (cost === Number.POSITIVE_INFINITY) continue
      if (j < m) reach(i * width + j + 1, cost + silentCost(latin, j))
      if (i === n) continue
      reach((i + 1) * width + j, cost + unwrittenCost(sounds[i] as string))
      for (const spelling of spellings) {
        if (!fits(spelling, sounds, i, latin, j)) continue
        const read = cost + spelling.cost + contextCost(spelling, latin, j)
        reach((i + spelling.sounds.length) * width + j + spelling.latin.length, read)
      }
    }
  }
  return costs[n * width + m] as number
}

const fits = ({ sounds, latin }: SoundSpelling, heard: string, i: number, written: string, j: number): boolean =>
  written.startsWith(latin, j) && (sounds.length === 1 || heard.startsWith(sounds, i))

const HARD = /[ㄱㄲㅋ\u11a8]$/
const SOFT = /^[ㅅㅆㅈㅉㅊ]/

/** "c" and "g" are soft before e, i and y, and hard elsewhere; another reading is an exception. */
function contextCost({ sounds, latin }: SoundSpelling, written: string, j: number): number {
  const last = latin.at(-1)
  if (last !== 'c' && (last !== 'g' || latin !== 'g')) return 0
  const isBeforeSoft = SOFTENERS.has(written[j + latin.length] ?? '')
  if (isBeforeSoft) return last === 'c' && HARD.test(sounds) ? UNUSUAL_READING : 0
  return SOFT.test(sounds) ? UNUSUAL_READING : 0
}
