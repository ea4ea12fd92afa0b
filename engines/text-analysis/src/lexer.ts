import { classAt, DIGIT, IDEOGRAPH, LETTER, SEPARATOR, widthAt } from './character-class.ts'
import { leadingUnit, unitOf } from './measure-unit.ts'
import { numberForm } from './number-form.ts'

export type LexemeKind = 'word' | 'number' | 'model' | 'cjk'

/** What stands between a lexeme and the one before it in the chunk: nothing, one joining sign, or a real break. */
export type Joint = 'break' | 'touch' | '-' | '/' | '.' | "'" | '&' | 'x'

/**
 * A smallest piece of a chunk. `text` is the compared form (numbers in normal form); `start` and `end` are offsets in
 * the folded chunk. `unit` is the measure that a number carries by itself or by the very next lexeme.
 */
export interface Lexeme {
  readonly kind: LexemeKind
  readonly text: string
  readonly start: number
  end: number
  readonly joint: Joint
  unit: string | undefined
}

const JOINTS: Readonly<Record<string, Joint>> = { '-': '-', _: '-', '/': '/', '.': '.', "'": "'", '&': '&' }
const FRACTION = /(\d{1,2})\/(\d{1,2})(?![\d/])/y
/** Bounded: a list such as "1,2,3,…" is read again from each of its numbers. */
const NUMERAL = /\d+(?:[.,]\d+){0,7}/y

/** End of the run of letters and digits (and their marks) that starts at `index`. */
function alphanumericEnd(text: string, index: number): number {
  let end = index
  while (end < text.length) {
    const kind = classAt(text, end)
    if (kind !== LETTER && kind !== DIGIT) break
    end += widthAt(text, end)
  }
  return end
}

function ideographEnd(text: string, index: number): number {
  let end = index
  while (end < text.length && classAt(text, end) === IDEOGRAPH) end += widthAt(text, end)
  return end
}

function lexeme(kind: LexemeKind, text: string, start: number, end: number, joint: Joint): Lexeme {
  return { kind, text, start, end, joint, unit: undefined }
}

function lexWord(chunk: string, start: number, joint: Joint): Lexeme {
  const end = alphanumericEnd(chunk, start)
  const text = chunk.slice(start, end)
  if (/\d/.test(text)) return lexeme('model', text, start, end, joint)
  // "C++" and "C#" are names of their own; a sign after a longer word is decoration.
  const sign = end - start > 1 ? '' : chunk.startsWith('++', end) ? '++' : chunk[end] === '#' ? '#' : ''
  return lexeme('word', text + sign, start, end + sign.length, joint)
}

function fractionAt(chunk: string, start: number): string | undefined {
  FRACTION.lastIndex = start
  const match = FRACTION.exec(chunk)
  return match !== null && Number(match[1]) < Number(match[2]) ? match[0] : undefined
}

/** A numeral with what is written on to it: "250gb" has a unit, "4x8" is two numbers, "1.4a" is a model. */
function lexNumber(chunk: string, start: number, joint: Joint, hasDecimalComma: boolean): Lexeme {
  const fraction = joint === '/' ? undefined : fractionAt(chunk, start)
  if (fraction !== undefined) {
    const number = lexeme('number', fraction, start, start + fraction.length, joint)
    return withWrittenUnit(chunk, number) ?? number
  }
  NUMERAL.lastIndex = start
  const numeral = (NUMERAL.exec(chunk) as RegExpExecArray)[0]
  const form = numberForm(numeral, hasDecimalComma)
  const numeralEnd = start + numeral.length
  if (form === undefined && numeral.includes(',')) {
    const first = numeral.slice(0, numeral.indexOf(','))
    return lexeme(first.includes('.') ? 'model' : 'number', first, start, start + first.length, joint)
  }
  const number = lexeme('number', form ?? numeral, start, numeralEnd, joint)
  if (form !== undefined && isTimesSign(chunk, numeralEnd, number)) return number
  const end = alphanumericEnd(chunk, numeralEnd)
  if (end === numeralEnd) return form === undefined ? lexeme('model', numeral, start, end, joint) : number
  return withWrittenUnit(chunk, number) ?? lexeme('model', chunk.slice(start, end), start, end, joint)
}

function withWrittenUnit(chunk: string, number: Lexeme): Lexeme | undefined {
  const end = alphanumericEnd(chunk, number.end)
  // "5a" is a model, but "5 amp" a current; the bare letter stands for the unit only when it touches the number.
  const suffix = chunk.slice(number.end, end)
  const unit = suffix === 'a' ? 'a' : unitOf(suffix)
  return unit === undefined ? undefined : { ...number, end, unit }
}

/** Signs on a number that are units: 17" and 17'' are inches, 6' feet. Answers how many signs were taken. */
function takeUnitSign(chunk: string, number: Lexeme, isQuoted: boolean): number {
  if (number.kind !== 'number' || number.unit !== undefined) return 0
  const sign = chunk[number.end]
  if (sign === '"' && !isQuoted) number.unit = 'inch'
  else if (sign === "'") number.unit = chunk[number.end + 1] === "'" ? 'inch' : 'ft'
  else return 0
  const width = sign === "'" && number.unit === 'inch' ? 2 : 1
  number.end += width
  return width
}

function jointAt(chunk: string, index: number, previous: Lexeme | undefined): Joint {
  if (previous === undefined || previous.end !== index) return 'break'
  const next = index + 1 < chunk.length ? classAt(chunk, index + 1) : SEPARATOR
  return next === SEPARATOR ? 'break' : (JOINTS[chunk[index] as string] ?? 'break')
}

/** "men's" is "men": the length of a possessive ending at `index`, else 0. */
function possessiveLength(chunk: string, index: number): number {
  if (chunk[index] !== "'" || chunk[index + 1] !== 's') return 0
  return index + 2 >= chunk.length || classAt(chunk, index + 2) === SEPARATOR ? 2 : 0
}

function adoptUnits(lexemes: readonly Lexeme[]): void {
  for (let i = 0; i + 1 < lexemes.length; i++) {
    const number = lexemes[i] as Lexeme
    const next = lexemes[i + 1] as Lexeme
    if (number.kind !== 'number' || number.unit !== undefined) continue
    // Of "2-in-1" the middle is a preposition.
    const isLastWord = next.kind === 'word' && lexemes[i + 2]?.joint !== '-'
    if (isLastWord && next.joint === '-') number.unit = unitOf(next.text)
    else if (next.kind === 'cjk' && (next.joint === 'touch' || next.joint === '-')) number.unit = leadingUnit(next.text)
  }
}

/**
 * Cuts one chunk of folded text (no white space inside, as a rule) into lexemes. O(length).
 *
 * ```
 *   dv7-1211ea (17"     model dv7 | - | model 1211ea | break | number 17 inch
 * ```
 */
export function lexChunk(chunk: string, hasDecimalComma: boolean): Lexeme[] {
  const lexemes: Lexeme[] = []
  const isQuoted = chunk.startsWith('"')
  let previous: Lexeme | undefined
  let joint: Joint = 'break'
  let index = 0
  while (index < chunk.length) {
    const kind = classAt(chunk, index)
    if (kind === SEPARATOR) {
      const taken = previous?.end === index ? takeUnitSign(chunk, previous, isQuoted) : 0
      const possessive = taken === 0 && previous?.end === index ? possessiveLength(chunk, index) : 0
      joint = taken + possessive > 0 ? 'break' : jointAt(chunk, index, previous)
      index += taken || possessive || widthAt(chunk, index)
      continue
    }
    if (joint === 'break' && previous?.end === index) joint = 'touch'
    if (isTimesSign(chunk, index, previous)) {
      joint = 'x'
      index++
    }
    const found: Lexeme =
      classAt(chunk, index) === IDEOGRAPH
        ? lexIdeographs(chunk, index, joint)
        : classAt(chunk, index) === DIGIT
          ? lexNumber(chunk, index, joint, hasDecimalComma)
          : lexWord(chunk, index, joint)
    lexemes.push(found)
    previous = found
    index = found.end
    joint = 'break'
  }
  adoptUnits(lexemes)
  return lexemes
}

function lexIdeographs(chunk: string, start: number, joint: Joint): Lexeme {
  const end = ideographEnd(chunk, start)
  return lexeme('cjk', chunk.slice(start, end), start, end, joint)
}

function isTimesSign(chunk: string, index: number, previous: Lexeme | undefined): boolean {
  return (
    chunk[index] === 'x' &&
    previous?.kind === 'number' &&
    previous.end === index &&
    index + 1 < chunk.length &&
    classAt(chunk, index + 1) === DIGIT
  )
}
