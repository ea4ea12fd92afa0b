import type { CatalogueVocabulary } from '../vocabulary/catalogue-vocabulary.ts'
import { colourIdioms, colourTerms } from './colour-terms.ts'
import { addEntry, type EntryTable, type LexiconEntry } from './lexicon-entry.ts'
import { nameKey, queryTokens } from './query-token.ts'
import { isVague } from './query-words.ts'
import type { WordEvidence } from './word-evidence.ts'

const COLOUR_NAMES: ReadonlySet<string> = new Set(
  'colour color colours colors 색상 색깔 색 컬러 cor cores coloracao'.split(' '),
)
/** Beside "colour" in an attribute's name these say that it is the thing's own colour. */
const PLAIN_NAMES: ReadonlySet<string> = new Set(
  'product main primary base family item body exterior 제품 상품 대표 produto principal'.split(' '),
)

/** Line of the table by key. */
const lineOf = new Map<string, number>()
colourTerms.forEach((terms, line) => {
  for (const term of terms) lineOf.set(nameKey(term), line)
})

/** Whether the folded word is a colour in some language. */
export const isColourTerm = (word: string): boolean => lineOf.has(word)

/** Colours that are things too: after an unknown word they are more likely the thing ("face cream"). */
const THINGS: ReadonlySet<string> = new Set(
  'orange cream wine mint gold silver olive clear lavender charcoal copper bronze rosa laranja creme menta prata 크림 와인 민트 오렌지 골드 실버'.split(
    ' ',
  ),
)

type Attribute = CatalogueVocabulary['attributes'][number]

/** 0 for an attribute that holds no colours; the plainer its name, the higher. */
function plainness({ name }: Attribute): number {
  const words = queryTokens(name).map(({ text }) => text)
  if (!words.some((word) => COLOUR_NAMES.has(word))) return 0
  const others = words.filter((word) => !COLOUR_NAMES.has(word))
  return others.length === 0 ? 4 : others.every((word) => PLAIN_NAMES.has(word)) ? 3 : 1
}

export const isColourAttribute = (attribute: Attribute): boolean => plainness(attribute) > 0

const sizeOf = ({ values }: Attribute): number => values.reduce((sum, { count }) => sum + count, 0)

type Candidate = Readonly<{ attribute: string; value: string; count: number }>

/** Attributes that hold the things' own colours; several where sellers write in several languages ("Color", "색상"). */
function colourAttributes(vocabulary: CatalogueVocabulary): Attribute[] {
  const named = vocabulary.attributes.map((attribute) => ({ attribute, plain: plainness(attribute) }))
  const best = Math.max(0, ...named.map(({ plain }) => plain))
  const chosen = named.filter(({ plain }) => plain > 0 && plain >= Math.min(best, 3))
  return chosen.map(({ attribute }) => attribute).sort((a, b) => sizeOf(b) - sizeOf(a))
}

/**
 * Colours by their keys: the catalogue's own values as they are, and every basic term of the three languages as the value
 * that means it. Where sellers of two languages write the same colour twice, a term finds the value of its own script.
 */
export function* addColours(
  table: EntryTable,
  vocabulary: CatalogueVocabulary,
  evidence: WordEvidence,
): Generator<void, void> {
  let steps = 0
  const byLine = new Map<number, Candidate[]>()
  for (const { name, values } of colourAttributes(vocabulary))
    for (const { value, count } of values) {
      if (++steps % 50 === 0) yield
      const key = nameKey(value)
      const line = lineOf.get(key)
      if (line !== undefined) byLine.set(line, [...(byLine.get(line) ?? []), { attribute: name, value, count }])
      else if (isOwnColour(value, key))
        addEntry(table, key, colourEntry(key, { attribute: name, value, count }, evidence, 0.8))
    }
  for (const [line, candidates] of byLine)
    for (const term of colourTerms[line] ?? []) {
      const isHangul = /\p{sc=Hangul}/u.test(term)
      const ranked = [...candidates].sort((a, b) => b.count - a.count)
      const chosen = ranked.find(({ value }) => /\p{sc=Hangul}/u.test(value) === isHangul) ?? (ranked[0] as Candidate)
      const total = candidates.reduce((sum, { count }) => sum + count, 0)
      addEntry(table, nameKey(term), colourEntry(nameKey(term), { ...chosen, count: total }, evidence, 0.95))
      if (++steps % 10 === 0) yield
    }
}

/** A colour with a name of its own ("Sage Green", "Terracotta"); lists and codes are none. */
const isOwnColour = (value: string, key: string): boolean =>
  key.length > 2 && !isVague(key) && !/[\d,;/]/.test(value) && value.split(' ').length <= 3

function colourEntry(
  key: string,
  { attribute, value, count }: Candidate,
  evidence: WordEvidence,
  confidence: number,
): LexiconEntry {
  const used = evidence.count([key])
  const share = used === 0 ? 1 : Math.min(1, count / used)
  const isThing = THINGS.has(key)
  const isAmbiguous = isThing || share < 0.5
  const after = compounds(key, evidence.next(key), (word) => evidence.previous(word), evidence)
  const before = isThing ? compounds(key, evidence.previous(key), (word) => evidence.next(word), evidence) : []
  const idioms = colourIdioms.get(key) ?? []
  return {
    kind: 'colour',
    value,
    attribute,
    count,
    confidence: confidence * (isAmbiguous ? 0.6 + 0.3 * share : 1),
    reason: `colour of ${count} product${count === 1 ? '' : 's'}`,
    ...(isAmbiguous ? { isAmbiguous } : {}),
    notBefore: isThing ? new Set([...after, ...before, ...idioms]) : new Set([...after, ...idioms]),
    ...(isThing ? { notAfter: new Set([...after, ...before]) } : {}),
  }
}

/** Neighbours that belong to one colour and to no other are names of things ("orange juice", "green tea"): dresses come in many. */
function compounds(
  key: string,
  neighbours: ReadonlyMap<string, number>,
  back: (word: string) => ReadonlyMap<string, number>,
  evidence: WordEvidence,
): ReadonlySet<string> {
  const things = new Set<string>()
  for (const [word, count] of neighbours) {
    if (count < 0.3 * Math.min(evidence.count([key]), evidence.count([word]))) continue
    let [colours, products] = [0, 0]
    for (const [other, times] of back(word)) {
      if (!isColourTerm(other)) continue
      colours++
      products += times
    }
    if (colours <= 2 && count >= 0.6 * products) things.add(word)
  }
  return things
}
