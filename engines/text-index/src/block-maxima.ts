import { type Growable, growableUint32, pushUint32, toShared } from './growable.ts'
import { BLOCK } from './segment.ts'

/**
 * Per block of a long posting list, the impacts that no other impact of the block dominates (more often in a shorter
 * document). The largest saturation of a block is then found among one to four codes, exactly, whatever the average
 * length has become since: Lucene's impacts (Grand, Muir, Ferenczi, Lin: "From MaxScore to Block-Max WAND", ECIR 2020).
 */
export interface BlockMaximaBuilder {
  readonly first: Growable<Uint32Array>
  readonly starts: Growable<Uint32Array>
  readonly codes: Growable<Uint32Array>
}

export function createBlockMaximaBuilder(): BlockMaximaBuilder {
  return { first: growableUint32(), starts: growableUint32(), codes: growableUint32() }
}

/** Adds the next term's list: postings start…end of `impacts`. */
export function addBlockMaxima(
  builder: BlockMaximaBuilder,
  impacts: ArrayLike<number>,
  start: number,
  end: number,
  frequencies: Float64Array,
  lengths: Uint8Array,
): void {
  pushUint32(builder.first, builder.starts.length)
  if (end - start <= BLOCK) return
  const { codes } = builder
  const whole: number[] = []
  const frontiers: number[][] = []
  for (let at = start; at < end; at += BLOCK) {
    const frontier: number[] = []
    for (let posting = at; posting < Math.min(at + BLOCK, end); posting++)
      keepUndominated(frontier, impacts[posting]!, frequencies, lengths)
    for (const code of frontier) keepUndominated(whole, code, frequencies, lengths)
    frontiers.push(frontier)
  }
  for (const frontier of [whole, ...frontiers]) {
    pushUint32(builder.starts, codes.length)
    for (const code of frontier) pushUint32(codes, code)
  }
}

function keepUndominated(frontier: number[], code: number, frequencies: Float64Array, lengths: Uint8Array): void {
  const frequency = frequencies[code]!
  const length = lengths[code]!
  for (let at = 0; at < frontier.length; at++) {
    const other = frontier[at]!
    if (frequencies[other]! >= frequency && lengths[other]! <= length) return
  }
  let kept = 0
  for (let at = 0; at < frontier.length; at++) {
    const other = frontier[at]!
    if (frequencies[other]! > frequency || lengths[other]! < length) frontier[kept++] = other
  }
  frontier.length = kept
  frontier.push(code)
}

export function blockMaximaSections(builder: BlockMaximaBuilder): Record<string, SharedArrayBuffer> {
  // The end of the last entry, so that entry e is codes[starts[e] … starts[e+1]).
  pushUint32(builder.starts, builder.codes.length)
  return {
    'block.first': toShared(builder.first),
    'block.starts': toShared(builder.starts),
    'block.codes': toShared(builder.codes),
  }
}
