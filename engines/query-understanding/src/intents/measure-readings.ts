import type { IntentLexicon } from './intent-lexicon.ts'
import type { MeasuredAttribute } from './measure-lexicon.ts'
import type { Quantity } from './quantity.ts'
import type { QueryToken } from './query-token.ts'
import { rangeInWords } from './range-words.ts'
import type { Reading } from './slot.ts'
import { inBaseUnit, type Unit } from './unit-of-measure.ts'

/** Words beside a measure that tell which attribute it is of, with what attributes of that meaning are called. */
const CUES: readonly (readonly [ReadonlySet<string>, RegExp])[] = [
  [new Set(['ram', 'memory', 'ddr3', 'ddr4', 'ddr5', '램', '메모리', 'memoria']), /memory|\bram\b|메모리|mem[oó]ria/i],
  [
    new Set(['ssd', 'hdd', 'storage', 'disk', 'drive', '저장', '저장용량', 'armazenamento']),
    /storage|ssd|hdd|disk|저장|armazenamento/i,
  ],
  [
    new Set(['tv', 'monitor', 'screen', 'display', '화면', '티비', '모니터', 'tela']),
    /screen|display|diagonal|화면|tela/i,
  ],
  [new Set(['wide', 'width', '폭', '가로', 'largura']), /width|가로|폭|largura/i],
  [new Set(['tall', 'high', 'height', '높이', '세로', 'altura']), /height|높이|altura/i],
  [new Set(['long', 'length', '길이', 'comprimento']), /length|길이|comprimento/i],
  [new Set(['battery', '배터리', 'bateria']), /battery|배터리|bateria/i],
]

const CONFIDENCE = { value: 0.92, attribute: 0.75, none: 0.6 } as const
const LEAST_SHARE = 0.5
const WEIGHT = { cue: 8, nameWord: 4, value: 2 } as const

/** A measure, of the catalogue's attribute that most likely holds it; without one if no attribute has its dimension. */
export function measureReading(
  quantity: Quantity,
  unit: Unit,
  tokens: readonly QueryToken[],
  lexicon: IntentLexicon,
): Reading {
  const { first, last, minimum, maximum } = quantity
  const range = { minimum, maximum, unit: unit.sign }
  const exact = minimum !== null && minimum === maximum ? inBaseUnit(minimum, unit) : undefined
  const attributes = lexicon.measures.get(unit.dimension) ?? []
  const attribute = bestAttribute(attributes, exact, quantity, tokens)
  const common = { kind: 'attribute', range, effect: 'wish' } as const
  const words = rangeInWords(range)
  if (attribute === undefined)
    return {
      first,
      last,
      slot: {
        ...common,
        value: words,
        confidence: CONFIDENCE.none,
        reason: `${unit.dimension}, which no attribute has`,
      },
    }
  const held = exact === undefined ? undefined : attribute.values.get(exact)
  const reason =
    held === undefined ? `${unit.dimension}, as “${attribute.name}” has` : `${attribute.name} of ${held.count} products`
  const confidence = held === undefined && exact !== undefined ? CONFIDENCE.attribute : CONFIDENCE.value
  return {
    first,
    last,
    slot: { ...common, value: held?.value ?? words, attribute: attribute.name, confidence, reason },
  }
}

function bestAttribute(
  attributes: readonly MeasuredAttribute[],
  exact: number | undefined,
  { first, last }: Quantity,
  tokens: readonly QueryToken[],
): MeasuredAttribute | undefined {
  const beside = [tokens[last]?.text, tokens[first - 1]?.text]
  const cues = CUES.filter(([words]) => beside.some((word) => word !== undefined && words.has(word)))
  const total = attributes.reduce((sum, { count }) => sum + count, 0)
  let best: MeasuredAttribute | undefined
  let most = 0
  for (const attribute of attributes) {
    const { name, words, values, count } = attribute
    const score =
      (cues.some(([, pattern]) => pattern.test(name)) ? WEIGHT.cue : 0) +
      (tokens.some(({ text, kind }) => kind !== 'sign' && words.has(text)) ? WEIGHT.nameWord : 0) +
      (exact !== undefined && values.has(exact) ? WEIGHT.value : 0) +
      (exact !== undefined && values.has(exact) ? (values.get(exact)?.count ?? 0) : count) / Math.max(total, 1)
    // Without any sign, of several attributes only the one that has most of the dimension is meant.
    if (score <= most || (score < LEAST_SHARE && attributes.length > 1)) continue
    best = attribute
    most = score
  }
  return best
}
