import type { Department, Kind } from './department.ts'

export type Language = 'en' | 'ko' | 'pt'

/** What was drawn for one product; words still in all three languages. */
export type Draft = Readonly<{
  department: Department
  kind: Kind
  brand: string
  /** Line and model number, such as "Aero 340", or empty. */
  model: string
  feature: string
  colour: string | null
  measure: string | null
  remark: string
}>

const position: Readonly<Record<Language, number>> = { en: 0, ko: 1, pt: 2 }

/** One language of "English|Korean|Portuguese", agreeing with the product's gender. */
export const wordIn = (language: Language, words: string, kind: Kind): string => {
  const gender = kind.name.split('|')[3]
  return (words.split('|')[position[language]] as string).replace('@', gender === 'f' ? 'a' : 'o')
}

const unitNames: Readonly<Record<'ko' | 'pt', Readonly<Record<string, string>>>> = {
  ko: { h: '시간', min: '분', in: '인치', persons: '인용' },
  pt: { in: 'polegadas', persons: 'pessoas' },
}

/** The measure as the language writes it: "1.5 L", "1.5L", "1,5 L"; "14 in", "14인치", "14 polegadas". */
function measureIn(language: Language, measure: string): string {
  const parts = /^(-?[\d.,]+) (\S+)$/.exec(measure)
  if (language === 'en' || !parts) return measure
  const [, number = '', unit = ''] = parts
  const named = unitNames[language][unit] ?? unit
  if (language === 'ko') return `${number}${named}`
  // Portuguese has a comma for decimals and a point for thousands.
  return `${number.replace(/[.,]/g, (mark) => (mark === '.' ? ',' : '.'))} ${named}`
}

/**
 * The title as a shop of that language writes it:
 *
 *     en  Norvane Aero 340 Wireless Headphones with Noise Cancelling, 30 h, Black
 *     ko  Norvane Aero 340 노이즈 캔슬링 무선 헤드폰 30시간 블랙
 *     pt  Fone de Ouvido sem Fio Norvane Aero 340 com Cancelamento de Ruído, 30 h, Preto
 */
export function titleIn(language: Language, draft: Draft): string {
  const { department, kind, brand, model } = draft
  const maker = model === '' ? brand : `${brand} ${model}`
  const name = wordIn(language, kind.name, kind)
  const feature = wordIn(language, draft.feature, kind)
  const measure = draft.measure === null ? null : measureIn(language, draft.measure)
  const colour = draft.colour === null ? null : wordIn(language, draft.colour, kind)
  const tail = [measure, colour].filter((text) => text !== null)
  if (language === 'ko') return [maker, feature, name, ...tail].join(' ')
  const list = (head: string, ...more: string[]) => [head, ...more, ...tail].join(', ')
  if (department.featureStyle === 'adjective')
    return language === 'en' ? list(`${brand} ${feature} ${name}`) : list(`${name} ${feature} ${brand}`)
  const head = language === 'en' ? `${maker} ${name}` : `${name} ${maker}`
  if (department.featureStyle === 'trait') return list(head, feature)
  return list(`${head} ${language === 'en' ? 'with' : 'com'} ${feature}`)
}

/** A sentence about the product and a remark. Nothing in it depends on Korean particles or on Portuguese articles. */
export function descriptionIn(language: Language, draft: Draft): string {
  const { department, kind, brand } = draft
  const name = wordIn(language, kind.name, kind)
  const feature = wordIn(language, draft.feature, kind)
  const remark = wordIn(language, draft.remark, kind)
  if (language === 'ko')
    return department.featureStyle === 'adjective'
      ? `${feature} ${brand} ${name}입니다. ${remark}`
      : `${brand} ${name}입니다. 주요 특징은 ${feature}입니다. ${remark}`
  const small = inSentence(feature)
  const adjective = department.featureStyle === 'adjective'
  const joined = adjective ? '' : language === 'en' ? ` with ${small}` : ` com ${small}`
  const what = language === 'en' ? (adjective ? `${feature} ${inSentence(name)}` : name) : inSentence(name)
  const opening =
    language === 'en'
      ? `${capital(inSentence(what))} from ${brand}`
      : `${capital(what)}${adjective ? ` ${small}` : ''} ${brand}`
  return `${opening}${joined}. ${remark}`
}

const properNames = new Set(['Bluetooth', 'Mandarin', 'Argan', 'Karité'])

/** Small letters for words that are capitals in titles only: not for USB-C, 4K or names. */
const inSentence = (text: string): string =>
  text.replace(/\p{Lu}\p{Ll}+/gu, (word, at: number) =>
    properNames.has(word) || /[\p{L}\p{N}]/u.test(text[at - 1] ?? ' ') ? word : word.toLowerCase(),
  )

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)
